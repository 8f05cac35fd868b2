// Boosted trees and forests, with every way to sample, drop, constrain and weigh: one hash on the reference and in WASM.
import { expect, test } from 'vitest';
import { defaults } from '../../src/core/base/params.ts';
import { forest } from '../../src/core/learners/forest/forest.ts';
import { gbt } from '../../src/core/learners/gbt/gbt.ts';
import { referenceTrees } from '../../src/core/learners/trees/reference.ts';
import { hashModel } from '../../src/core/models/hash-model.ts';
import { nodesOf } from '../../src/core/models/trees-nodes.ts';
import { loadTreeKernels } from '../../src/kernels/trees-wasm/index.ts';
import { context, made } from '../unit/core/learners/gbt/made.ts';
import type { Made } from '../unit/core/learners/gbt/made.ts';

const loaded = await loadTreeKernels();

const boosted: [string, Made, object][] = [
  ['plain', 'binary', {}],
  ['level by level, l1, least gain', 'regression', { growth: 'depth', l1: 0.5, minGain: 0.1, depth: 4 }],
  ['sampled rows, columns and columns per split', 'multiclass', { rows: 0.6, columns: 0.5, columnsPerNode: 0.6 }],
  ['goss', 'binary', { sampling: 'goss', learningRate: 0.4 }],
  ['dart', 'regression', { boosting: 'dart', skipDrop: 0.2, dropRate: 0.3 }],
  ['monotone and interactions', 'regression', { monotone: 'x0:+ x1:-', interactions: 'x0 kind; x1 x2' }],
  ['balanced', 'multiclass', { balance: 'balanced' }],
  ['few bins, many leaves', 'binary', { bins: 7, leaves: 200, minLeafRows: 1 }],
  ['sets of levels', 'binary', { smooth: 0, nominalL2: 0, nominalMost: 2, minLeafRows: 2 }],
  ...(['absolute', 'huber', 'quantile'] as const).map((objective): [string, Made, object] => [objective, 'regression', { objective }]),
  ...(['poisson', 'tweedie'] as const).map((objective): [string, Made, object] => [objective, 'counts', { objective }]),
];
const forests: [string, Made, object][] = [
  ['best splits', 'binary', {}],
  ['random splits', 'multiclass', { splits: 'random' }],
  ['random splits, out of bag', 'regression', { splits: 'random', sampling: 'bootstrap' }],
  ['a share of the rows, balanced', 'multiclass', { sampling: 'subsample', balance: 'balanced', minLeafRows: 1 }],
];

test('the WASM kernels are the ones that are tested', () => expect([loaded.kernels.backend, loaded.reason()]).toEqual(['wasm', null]));

test.each([...boosted.map((way) => ['gbt', ...way] as const), ...forests.map((way) => ['forest', ...way] as const)])('%s, %s', async (type, _, task, params) => {
  const [data, valid] = [made(task, 600, 1), made(task, 200, 2)];
  const weighted = { ...data, weight: Float32Array.from({ length: 600 }, (_, i) => 0.5 + (i % 3)) };
  const fit = (kernels: unknown) => {
    const over = { ...context, valid, kernels: { ...context.kernels, trees: kernels as never } };
    return type === 'gbt' ? gbt.fit(weighted, { ...defaults(gbt.params), trees: 12, ...params }, over) : forest.fit(weighted, { ...defaults(forest.params), trees: 6, ...params }, over);
  };
  const [slow, fast] = [await fit(referenceTrees), await fit(loaded.kernels)];
  expect(nodesOf(slow).place.length).toBeGreaterThan(30);
  expect(hashModel(fast)).toBe(hashModel(slow));
});
