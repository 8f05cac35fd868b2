// The piecewise-linear encoding (formula: core/models/net/net.ts), as products of one small matrix for each number: arrays
// here are numbers x rows x something. Edges do not learn; a bin of no width is 0.
import { add, clipByValue, greater, matMul, mul, onesLike, reciprocal, reshape, slice, step, sub, sum, transpose, where, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { Encoded } from './inputs.ts';
import type { Pass } from './pass.ts';

const swap = [1, 0, 2];
const turned = [0, 2, 1];

export function encodeBins({ store, slot }: Pass, { bins, width }: { bins: number; width: number }, x: Tensor2D): Encoded {
  const [rows, numbers] = x.shape;
  const [edges, weights, line, bias] = ['edges', 'weights', 'line', 'bias'].map((name) => slot(`inputs.${name}`));
  const given = reshape(transpose(x), [numbers, rows, 1]) as Tensor3D;
  const low = slice(store.value(edges) as Tensor2D, [0, 0], [numbers, bins]);
  const span = sub(slice(store.value(edges) as Tensor2D, [0, 1], [numbers, bins]), low);
  const inverse = mul(step(span), reciprocal(where(greater(span, 0), span, onesLike(span))));
  const shares = clipByValue(mul(sub(given, reshape(low, [numbers, 1, bins])), reshape(inverse, [numbers, 1, bins])), 0, 1) as Tensor3D;
  const perUnit = (name: typeof line): Tensor3D => reshape(store.value(name), [numbers, 1, width]);
  const z = add(add(matMul(shares, store.value(weights) as Tensor3D), mul(given, perUnit(line))), perUnit(bias)) as Tensor3D;
  return {
    out: reshape(transpose(z, swap), [rows, numbers * width]),
    back(slope) {
      const d = transpose(reshape(slope, [rows, numbers, width]), swap) as Tensor3D;
      store.gradient(weights, matMul(transpose(shares, turned), d));
      store.gradient(line, matMul(transpose(given, turned), d));
      store.gradient(bias, sum(d, 1));
    },
  };
}
