// @ts-nocheck
import { expect, test } from 'vitest';
import { defaults } from '../../../src/core/base/params.ts';
import { gbt } from '../../../src/core/learners/gbt/gbt.ts';
import { forest } from '../../../src/core/learners/forest/forest.ts';
import { hashModel } from '../../../src/core/models/hash-model.ts';
import { predictModel } from '../../../src/core/models/predict-model.ts';
import { quantizeModel } from '../../../src/core/compress/quantize-model.ts';
import { context, made } from '../core/learners/gbt/made.ts';
const fit = async (L: any, task: any, p: object, extra: object = {}, rows = 900, seed = 1) => L.fit(made(task, rows, seed), { ...defaults(L.params), trees: 30, minLeafRows: 5, ...p }, { ...context, ...extra } as any);
function breaks(model: any): number {
  const n = 200; let worst = 0;
  const base = made('regression', 60, 9);
  for (let r = 0; r < 60; r++) {
    const data = base.data.map((c, f) => Float32Array.from({ length: n }, (_, i) => f === 0 ? -1 + 2 * i / (n - 1) : c[r]));
    const p = predictModel(model, { ...base, rows: n, data, target: null }).values;
    const w = p.length / n;
    for (let i = 1; i < n; i++) worst = Math.max(worst, p[(i - 1) * w] - p[i * w]);
  }
  return worst;
}
for (const [task, p] of [['regression', {}], ['regression', { objective: 'quantile', quantile: 0.3 }], ['regression', { objective: 'huber' }], ['counts', { objective: 'poisson' }], ['binary', {}], ['binary', { boosting: 'dart', skipDrop: 0 }], ['regression', { sampling: 'goss', learningRate: 0.3 }], ['regression', { l1: 5 }]] as any) test('monotone ' + task + JSON.stringify(p), async () => {
  const m = await fit(gbt, task, { monotone: 'x0:+', ...p });
  const q8 = (quantizeModel as any)(m, 8); const q16 = (quantizeModel as any)(m, 16);
  const refit = await fit(gbt, task, { monotone: 'x0:+', ...p, warm: 'refit', decay: 0.1, learningRate: 0.5 }, { from: m }, 200, 5).catch((e: any) => e.message);
  console.log(task, JSON.stringify(p), 'plain', breaks(m), '8', breaks(q8.model ?? q8), '16', breaks(q16.model ?? q16), 'refit', typeof refit === 'string' ? refit : breaks(refit));
});
