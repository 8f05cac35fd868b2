// TreeSHAP on models that our learners make (sets of levels, missing values, links, deep forests): the same bits from the reference and
// WASM, sums that are the model's own scores, and covers that the models hold themselves.
import { expect, test } from 'vitest';
import { defaults } from '../../src/core/base/params.ts';
import { quiet } from '../../src/core/base/task.ts';
import { treeShap } from '../../src/core/explain/tree-shap.ts';
import { referenceShap } from '../../src/core/explain/shap-reference.ts';
import { forest } from '../../src/core/learners/forest/forest.ts';
import { gbt } from '../../src/core/learners/gbt/gbt.ts';
import { nodesOf } from '../../src/core/models/trees-nodes.ts';
import { loadShapKernels } from '../../src/kernels/trees-shap-wasm/index.ts';
import { selfTest } from '../../src/kernels/trees-shap-wasm/self-test.ts';
import { context, made } from '../unit/core/learners/gbt/made.ts';
import type { Made } from '../unit/core/learners/gbt/made.ts';

const kernels = await loadShapKernels();
const models: [string, 'gbt' | 'forest', Made, object][] = [
  ['boosted, two classes', 'gbt', 'binary', {}],
  ['boosted, several classes', 'gbt', 'multiclass', { leaves: 7 }],
  ['boosted, sets of levels', 'gbt', 'binary', { smooth: 0, nominalL2: 0, nominalMost: 2, minLeafRows: 2 }],
  ['boosted, log of counts', 'gbt', 'counts', { objective: 'poisson' }],
  ['boosted, many leaves', 'gbt', 'regression', { leaves: 200, minLeafRows: 1 }],
  ['forest, shares of classes', 'forest', 'multiclass', {}],
  ['forest, random splits', 'forest', 'regression', { splits: 'random' }],
];

test('the WASM kernel is the one that is tested, and passes its self-test', () => {
  expect([kernels.backend, kernels.reason, selfTest(kernels)]).toEqual(['wasm', null, null]);
});

test.each(models)('%s: the same bits, and they add up', async (_, type, task, params) => {
  const data = made(task, 600, 1);
  const matrix = made(task, 150, 2);
  const model = type === 'gbt' ? await gbt.fit(data, { ...defaults(gbt.params), trees: 12, ...params }, context) : await forest.fit(data, { ...defaults(forest.params), trees: 6, ...params }, context);
  expect(nodesOf(model).covers).not.toBeNull();
  const [slow, fast] = [await treeShap({ model, matrix, kernels: referenceShap }, quiet), await treeShap({ model, matrix, kernels }, quiet)];
  expect(fast.values).toEqual(slow.values);
  const scale = fast.scores.reduce((most, score) => Math.max(most, Math.abs(score)), 1);
  expect(fast.error / scale).toBeLessThan(1e-12);
  expect((await treeShap({ model, matrix, background: made(task, 50, 3) }, quiet)).error / scale).toBeLessThan(1e-12);
  expect(fast.values.some((value) => Math.abs(value) > 1e-3)).toBe(true);
});
