import { expect, test } from 'vitest';
import type { Model } from '../../../../src/core/models/model.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { matrixOf } from '../learners/toy.ts';

const model: Model = {
  type: 'linear', task: 'regression', classes: [], features: 2, json: {},
  arrays: { weights: Float64Array.of(2, -1), bias: Float64Array.of(10), center: Float64Array.of(1, 0), scale: Float64Array.of(0.5, 1), fill: Float64Array.of(3, 4) },
};

test('bias + weight * (x - center) * scale, missing as fill', () => {
  expect([...predictModel(model, matrixOf([[1, 5, NaN], [0, 1, NaN]], null)).values]).toEqual([10, 13, 8]);
});

test('links: sigmoid for two classes, softmax for more', () => {
  const two = predictModel({ ...model, task: 'binary', classes: ['a', 'b'], arrays: { ...model.arrays, bias: Float64Array.of(0) } }, matrixOf([[1], [0]], null));
  expect([...two.values]).toEqual([0.5]);
  const three: Model = { ...model, task: 'multiclass', classes: ['a', 'b', 'c'], arrays: { ...model.arrays, weights: new Float64Array(6), bias: Float64Array.of(0, 0, Math.log(2)) } };
  const said = predictModel(three, matrixOf([[1], [0]], null));
  [0.25, 0.25, 0.5].forEach((p, k) => expect(said.values[k]).toBeCloseTo(p, 12));
});

test('quantised weights serve by the same code', () => {
  const arrays = { ...model.arrays, weights: Uint8Array.of(255, 0), 'weights.min': Float32Array.of(-1), 'weights.scale': Float32Array.of(3 / 255) };
  const { values } = predictModel({ ...model, json: { blocks: { weights: 2 } }, arrays }, matrixOf([[5], [1]], null));
  expect(values[0]).toBeCloseTo(13, 5);
});

test('a matrix with other features is refused', () => {
  expect(() => predictModel(model, matrixOf([[1]], null))).toThrow('matrix has 1 features');
});
