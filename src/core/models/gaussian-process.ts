// The mean of a Gaussian process: bias + spread * sum over points of alpha * kernel(row, point), Matern 5/2 with a length for
// each feature (Rasmussen & Williams 2006, 2.25 and 4.17). arrays: center, scale, inverse (features: 1 / length; 0 = no say),
// points (rows x features, standardised and divided by the lengths), alpha (rows), bias and spread (1 each: the target's mean
// and deviation times the signal's variance). Missing is at the centre. json: {}.
import { BarnacleError } from '../base/errors.ts';
import { exp } from '../base/numerics.ts';
import { expectFloats } from './expect-floats.ts';
import { floatsOf } from './decode.ts';
import { defineModel } from './model.ts';

/** Matern 5/2 of a squared distance in lengths: 1 at 0. */
export function matern(squared: number): number {
  const r = Math.sqrt(5 * squared);
  return (1 + r + (r * r) / 3) * exp(-r);
}

export const gaussianProcess = defineModel({
  type: 'gaussian-process',
  label: 'Gaussian process',
  check(model) {
    if (model.task !== 'regression')
      throw new BarnacleError('bad-bundle', 'gaussian-process model: says values, not classes', { reason: `task ${model.task}` });
    for (const name of ['center', 'scale', 'inverse']) expectFloats(model, name, model.features);
    const rows = floatsOf(model, 'alpha').length;
    expectFloats(model, 'alpha', rows);
    expectFloats(model, 'points', rows * model.features);
    for (const name of ['bias', 'spread']) expectFloats(model, name, 1);
  },
  predict(model, matrix) {
    const { task, classes, features } = model;
    const [center, scale, inverse, points, alpha, bias, spread] = ['center', 'scale', 'inverse', 'points', 'alpha', 'bias', 'spread'].map((name) =>
      floatsOf(model, name),
    );
    const values = new Float64Array(matrix.rows);
    const query = new Float64Array(features);
    for (let row = 0; row < matrix.rows; row++) {
      for (let j = 0; j < features; j++) {
        const x = matrix.data[j][row];
        query[j] = x === x ? (x - center[j]) * scale[j] * inverse[j] : 0;
      }
      let sum = 0;
      for (let p = 0, at = 0; p < alpha.length; p++, at += features) {
        let squared = 0;
        for (let j = 0; j < features; j++) {
          const gap = query[j] - points[at + j];
          squared += gap * gap;
        }
        sum += alpha[p] * matern(squared);
      }
      values[row] = bias[0] + spread[0] * sum;
    }
    return { task, classes, rows: matrix.rows, width: 1, values };
  },
});
