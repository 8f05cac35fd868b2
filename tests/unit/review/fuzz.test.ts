// @ts-nocheck
import { test } from 'vitest';
import { defaults } from '../../../src/core/base/params.ts';
import { gbt } from '../../../src/core/learners/gbt/gbt.ts';
import { forest } from '../../../src/core/learners/forest/forest.ts';
import { checkModel } from '../../../src/core/models/check-model.ts';
import { predictModel } from '../../../src/core/models/predict-model.ts';
import { partsOf } from '../../../src/core/models/trees-parts.ts';
import { quantizeModel } from '../../../src/core/compress/quantize-model.ts';
import { treeShap } from '../../../src/core/explain/tree-shap.ts';
import { loadTreeServer } from '../../../src/kernels/trees-serve-wasm/index.ts';
import { context, made } from '../core/learners/gbt/made.ts';
const serving = await loadTreeServer();
test('fuzz', async () => {
  let seed = 1; const rnd = (n) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return Math.floor(seed / 4294967296 * n); };
  const models = [];
  for (const task of ['binary', 'multiclass', 'regression']) { const m = await gbt.fit(made(task, 300, 1), { ...defaults(gbt.params), trees: 6, minLeafRows: 3 }, context); models.push(m, quantizeModel(m, 8), await forest.fit(made(task, 300, 1), { ...defaults(forest.params), trees: 4 }, context)); }
  console.log(Object.keys(models[0].arrays), JSON.stringify(models[0].json), Object.keys(models[1].arrays));
  const out = new Map(); const count = (k) => out.set(k, (out.get(k) ?? 0) + 1);
  const rows = made('binary', 70, 4);
  for (let i = 0; i < 6000; i++) {
    const m = structuredClone(models[rnd(models.length)]);
    const names = Object.keys(m.arrays); const name = names[rnd(names.length)]; const a = m.arrays[name];
    const how = rnd(5);
    if (how === 0 && a.length) { const b = new Uint8Array(a.buffer, a.byteOffset, a.byteLength); b[rnd(b.length)] ^= 1 << rnd(8); }
    else if (how === 1) m.arrays[name] = a.slice(0, rnd(a.length + 1));
    else if (how === 2 && a.length) { const b = new Uint8Array(a.buffer, a.byteOffset, a.byteLength); const at = rnd(b.length); b.fill(255, at, at + 4); }
    else if (how === 3) delete m.arrays[name];
    else { const keys = Object.keys(m.json); const k = keys[rnd(keys.length)]; m.json[k] = [null, -1, 1e9, 4294967295, 'x', {}, [], 0.5, true, { leaves: 0 }, { leaves: -1 }][rnd(11)]; }
    let stage = 'check';
    try { checkModel(m); stage = 'predict'; const p = predictModel(m, rows); const q = predictModel(m, rows, serving); stage = 'parts'; partsOf(m); if (p.values.some((v, j) => !Object.is(v, q.values[j]))) count('SERVE DIFFERS'); if (p.values.some((v) => !Number.isFinite(v))) count('not finite ' + name); count('ok'); }
    catch (e) { count(e.code ? `${stage} ${e.code}` : `${stage} UNTYPED ${name} ${how} ${String(e).slice(0, 100)}`); }
  }
  for (const [k, v] of out) console.log(v, k);
}, 100000);
