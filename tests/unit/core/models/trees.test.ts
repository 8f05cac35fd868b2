import { expect, test } from 'vitest';
import { checkModel } from '../../../../src/core/models/check-model.ts';
import type { Model, ModelArray } from '../../../../src/core/models/model.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { treesModel } from '../../../../src/core/models/trees-model.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';

const node = (feature: number, threshold: number, missingLeft: boolean, left: number, right: number) => ({ feature, threshold, missingLeft, left, right, gain: 1 });
const model = treesModel({
  task: 'regression', classes: [], features: 2, outputs: 1, base: Float64Array.of(10),
  trees: [
    { nodes: [node(1, 0.5, true, 1, ~2), node(0, 3, false, ~0, ~1)], values: Float32Array.of(1, 2, 4) },
    { nodes: [], values: Float32Array.of(0) },
    { nodes: [node(0, 0, true, ~0, ~1)], values: Float32Array.of(-8, 8) },
  ],
});
const rowsOf = (...rows: [number, number][]): Matrix => ({ rows: rows.length, features: [], data: [Float32Array.from(rows, (r) => r[0]), Float32Array.from(rows, (r) => r[1])], target: null, weight: null });
const withArrays = (arrays: { [name: string]: ModelArray }): Model => ({ ...model, arrays: { ...model.arrays, ...arrays } });

test('rows follow thresholds (equal goes left) and missing values their side', () => {
  const rows = rowsOf([3, 0.5], [3.5, 0], [0, 0.6], [NaN, NaN]);
  expect([...predictModel(model, rows).values]).toEqual([10 + 1 + 8, 10 + 2 + 8, 10 + 4 - 8, 10 + 2 - 8]);
});

test('a row alone gives what it gave among a thousand', () => {
  const rows = rowsOf(...Array.from({ length: 1000 }, (_, i): [number, number] => [(i % 13) - 4, (i % 5) / 4]));
  const all = predictModel(model, rows).values;
  for (const i of [0, 255, 256, 999]) expect(predictModel(model, rowsOf([rows.data[0][i], rows.data[1][i]])).values[0]).toBe(all[i]);
});

test('a sound model passes, with leaves in 8 bits too', () => {
  checkModel(model);
  const stored = { ...withArrays({ leaves: Uint8Array.of(0, 1, 2, 3, 4, 5), 'leaves.min': Float32Array.of(-1), 'leaves.scale': Float32Array.of(0.5) }), json: { outputs: 1, gains: [2, 1], blocks: { leaves: 64 } } };
  checkModel(stored);
  expect(predictModel(stored, rowsOf([3, 0.5])).values[0]).toBe(10 - 1 + 0.5 + 1.5);
});

test.each<[string, Model]>([
  ['a cycle', withArrays({ left: Int8Array.of(0, ~0, ~0) })],
  ['a leaf reached twice', withArrays({ right: Int8Array.of(~2, ~0, ~1) })],
  ['a leaf of another tree', withArrays({ right: Int8Array.of(~3, ~1, ~1) })],
  ['a node of another tree', withArrays({ left: Int8Array.of(2, ~0, ~0) })],
  ['a feature too many', withArrays({ feature: Uint8Array.of(1, 2, 0) })],
  ['a threshold that is no number', withArrays({ threshold: Float32Array.of(NaN, 3, 0) })],
  ['too few leaves', withArrays({ leaves: Float32Array.of(1) })],
  ['an infinite leaf', withArrays({ leaves: Float32Array.of(1, 2, Infinity, 0, -8, 8) })],
  ['sizes beyond the nodes', withArrays({ sizes: Uint8Array.of(2, 0, 200) })],
  ['no sizes', { ...model, arrays: Object.fromEntries(Object.entries(model.arrays).filter(([name]) => name !== 'sizes')) }],
  ['a float for an index', withArrays({ left: Float64Array.of(1, ~0, ~0) })],
  ['a foreign count of outputs', { ...model, json: { outputs: 5, gains: [] } }],
  ['a starting score that is no number', withArrays({ base: Float64Array.of(NaN) })],
])('%s is refused', (_, bad) => {
  expect(() => checkModel(bad)).toThrowError(expect.objectContaining({ code: 'bad-bundle' }));
});
