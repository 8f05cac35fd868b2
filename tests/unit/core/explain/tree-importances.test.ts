import { expect, test } from 'vitest';
import { treeImportances } from '../../../../src/core/explain/tree-importances.ts';
import { treesModel } from '../../../../src/core/models/trees-model.ts';

const node = (feature: number, gain: number, left: number, right: number) => ({ feature, threshold: 1, missingLeft: false, left, right, gain });
const parts = {
  task: 'regression' as const, classes: [], features: 3, outputs: 1, base: Float64Array.of(0),
  trees: [
    { nodes: [node(0, 6, 1, ~0), node(2, 1, ~1, ~2)], values: Float32Array.of(1, 2, 3), covers: [50, 30, 20] },
    { nodes: [node(2, 1, ~0, ~1)], values: Float32Array.of(1, 2), covers: [60, 40] },
  ],
};

test('gain shares, counts of splits, rows that pass', () => {
  expect(treeImportances(treesModel(parts))).toEqual([
    { feature: 0, gain: 0.75, splits: 1, cover: 100 },
    { feature: 1, gain: 0, splits: 0, cover: 0 },
    { feature: 2, gain: 0.25, splits: 2, cover: 150 },
  ]);
});

test('a model without covers has none to sum', () => {
  const bare = treesModel({ ...parts, trees: parts.trees.map(({ nodes, values }) => ({ nodes, values })) });
  expect(treeImportances(bare).map((one) => one.cover)).toEqual([null, null, null]);
});
