import { expect, test } from 'vitest';
import { checkModel } from '../../../../src/core/models/check-model.ts';
import type { Model } from '../../../../src/core/models/model.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { matrixOf } from '../learners/toy.ts';

const head = { type: 'dense', task: 'regression' as const, classes: [], features: 2 };
const arrays = {
  fill: Float64Array.of(0, 0), center: Float64Array.of(0, 0), scale: Float64Array.of(1, 1),
  w0: Float32Array.of(1, 0, -1, 0), b0: Float32Array.of(0, 1), w1: Float32Array.of(2, 3), b1: Float32Array.of(5),
};
const json = { sizes: [2, 2, 1], activation: 'relu', clip: 1e6, range: null };
const model: Model = { ...head, json, arrays };

test('layers in order, a row of weights per output, ReLU between, none at the end', () => {
  checkModel(model);
  const { values } = predictModel(model, matrixOf([[3, -3, 0], [9, 9, 9]], null));
  [5 + 2 * 3, 5 + 3 * 4, 5 + 3].forEach((v, i) => expect(values[i]).toBeCloseTo(v, 6));
});

test('SiLU is x * sigmoid(x); the range holds a value', () => {
  const silu = predictModel({ ...model, json: { ...json, activation: 'silu' } }, matrixOf([[0], [0]], null)).values[0];
  expect(silu).toBeCloseTo(5 + 3 / (1 + Math.exp(-1)), 6);
  expect(predictModel({ ...model, json: { ...json, range: [0, 7] } }, matrixOf([[9], [0]], null)).values[0]).toBe(7);
});

test.each([
  [{ sizes: [2, 2] }], [{ sizes: [3, 2, 1] }], [{ sizes: [2, 1e9, 1] }], [{ sizes: 'abc' }], [{ sizes: [2, 2.5, 1] }],
  [{ activation: 'eval' }], [{ clip: 0 }], [{ clip: null }], [{ range: [7, 0] }], [{ range: ['a', 'b'] }],
])('hostile json %j is refused', (change) => {
  expect(() => checkModel({ ...model, json: { ...json, ...change } as Model['json'] })).toThrow(/dense model|model array/);
});
