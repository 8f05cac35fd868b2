// @ts-nocheck
import { test } from 'vitest';
import { defaults } from '../../../src/core/base/params.ts';
import { gbt } from '../../../src/core/learners/gbt/gbt.ts';
import { forest } from '../../../src/core/learners/forest/forest.ts';
import { referenceTrees } from '../../../src/core/learners/trees/reference.ts';
import { loadTreeKernels } from '../../../src/kernels/trees-wasm/index.ts';
import { context, made } from '../core/learners/gbt/made.ts';
const loaded = await loadTreeKernels();
test('resume with fewer leaves', async () => {
  for (const L of [gbt, forest]) for (const trees of [referenceTrees, loaded.kernels]) {
    const C = { ...context, kernels: { ...context.kernels, trees } };
    const kept = [];
    const data = made('binary', 500, 1);
    await L.fit(data, { ...defaults(L.params), trees: 5, minLeafRows: 2 }, { ...C, keep: (_, m) => kept.push(m()) });
    for (const [name, p, d] of [['leaves', { leaves: 3 }, data], ['bins', { bins: 4 }, data], ['rows', {}, made('binary', 200, 7)]]) {
      try { await L.fit(d, { ...defaults(L.params), trees: 7, minLeafRows: 2, ...p }, { ...C, resume: kept[2] }); console.log(L.type, trees.backend, name, 'went on'); } catch (e) { console.log(L.type, trees.backend, name, e.code ?? 'UNTYPED', e.message.slice(0, 120)); }
    }
  }
});
