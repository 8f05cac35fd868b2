// @ts-nocheck
import { expect, test } from 'vitest';
import { defaults } from '../../../src/core/base/params.ts';
import { forest } from '../../../src/core/learners/forest/forest.ts';
import { gbt } from '../../../src/core/learners/gbt/gbt.ts';
import { hashModel } from '../../../src/core/models/hash-model.ts';
import { predictModel } from '../../../src/core/models/predict-model.ts';
import { quantizeModel } from '../../../src/core/compress/quantize-model.ts';
import { loadTreeKernels } from '../../../src/kernels/trees-wasm/index.ts';
import { context, made } from '../core/learners/gbt/made.ts';
const loaded = await loadTreeKernels();
const K = { ...context, kernels: { ...context.kernels, trees: loaded.kernels as never } };
const fit = async (L: any, task: any, p: object, extra: object = {}) => L.fit(made(task, 900, 1), { ...defaults(L.params), trees: 30, minLeafRows: 5, ...p }, { ...K, valid: made(task, 300, 2), ...extra } as any);
const gb: [any, object, object][] = [
 ['regression', {}, {objective:'absolute'}], ['regression', {}, {objective:'huber'}], ['regression', {}, {objective:'quantile'}], ['counts', {}, {objective:'poisson'}], ['counts', {}, {objective:'tweedie'}],
 ['binary', {}, {balance:'balanced'}], ['multiclass', {}, {balance:'balanced'}], ['regression',{objective:'quantile'},{quantile:0.9}], ['regression',{objective:'huber'},{huberDelta:1}], ['counts',{objective:'tweedie'},{tweediePower:1.1}],
 ['binary',{},{trees:10}],['binary',{},{learningRate:0.1}],['binary',{},{leaves:5}],['binary',{},{depth:3}],['binary',{},{minLeafRows:50}],['binary',{},{l2:5}],['binary',{},{columns:0.4}],['binary',{},{rows:0.5}],['binary',{learningRate:0.9},{patience:3}],
 ['binary',{leaves:8},{growth:'depth'}],['binary',{},{l1:2}],['binary',{},{minGain:3}],['binary',{},{bins:10}],['binary',{},{columnsPerNode:0.4}],['binary',{learningRate:0.2},{sampling:'goss'}],['binary',{sampling:'goss',learningRate:0.2},{topRate:0.4}],['binary',{sampling:'goss',learningRate:0.2},{otherRate:0.3}],
 ['binary',{},{boosting:'dart'}],['binary',{boosting:'dart'},{dropRate:0.5}],['binary',{boosting:'dart',dropRate:0.5},{maxDrop:1}],['binary',{boosting:'dart'},{skipDrop:0}],['binary',{boosting:'dart'},{dropScale:'rate'}],
 ['binary',{},{monotone:'x0:-'}],['binary',{},{interactions:'x0 kind; x1 x2 x3'}],['binary',{},{smooth:0}],['binary',{},{nominalL2:0}],['binary',{nominalL2:0,smooth:0},{nominalMost:1}],
];
const fo: [any, object, object][] = [
 ['binary',{},{trees:10}],['binary',{},{splits:'random'}],['binary',{},{leaves:5}],['binary',{},{depth:3}],['binary',{},{minLeafRows:50}],['binary',{},{columns:'all'}],['binary',{},{columns:'third'}],['regression',{},{columns:'root'}],['binary',{},{sampling:'subsample'}],['binary',{},{sampling:'all'}],['binary',{sampling:'subsample'},{rows:0.3}],['binary',{},{balance:'balanced'}],['multiclass',{},{balance:'balanced'}],['binary',{},{minGain:1}],['binary',{},{bins:10}],['binary',{},{smooth:0}],['binary',{columns:'all'},{nominalMost:1}],
];
test('every param changes the model', async () => {
  const same: string[] = [];
  for (const [L, list] of [[gbt, gb], [forest, fo]] as const) for (const [task, base, more] of list) {
    const a = await fit(L, task, base); const b = await fit(L, task, { ...base, ...more });
    if (hashModel(a) === hashModel(b)) same.push(L.type + ' ' + task + JSON.stringify(base) + JSON.stringify(more));
  }
  console.log('UNCHANGED', same);
}, 120000);
test('loss reported at best = loss of predict', async () => {
  const cases: [any, object][] = [...gb.map(([t, a, b]): [any, object] => [t, { ...a, ...b }])];
  for (const [task, p] of cases) {
    let best = Infinity; let last: any;
    const valid = made(task, 300, 2);
    const model = await fit(gbt, task, p, { report: (r: any) => { if (r.point) { last = r.point; if (r.point.valid < best) best = r.point.valid; } } });
    const pr = predictModel(model, valid);
    let loss = 0;
    const t = valid.target!;
    for (let i = 0; i < 300; i++) {
      if (t.kind === 'class') loss -= Math.log(t.classes.length > 2 ? pr.values[i * pr.width + t.codes[i]] : t.codes[i] ? pr.values[i] : 1 - pr.values[i]);
      else loss += (t.values[i] - pr.values[i]) ** 2;
    }
    loss /= 300;
    const q = (p as any).objective;
    if (!q) { if (Math.abs(loss - best) > 1e-9 * Math.max(1, best)) console.log('MISMATCH', task, JSON.stringify(p), loss, best); }
  }
}, 120000);
