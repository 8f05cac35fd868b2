// dense (z W + b), and heads: for each member a W and b of its own, multiplied as one batch of matrices.
import { add, matMul, reshape, sum, transpose, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { Made, Pass, Place } from './pass.ts';

export function denseLayer({ ops, store, slot }: Pass, { index }: Place, hasBias: boolean, z: Tensor2D): Made {
  const weights = slot(`${index}.weights`);
  const bias = hasBias ? slot(`${index}.bias`) : null;
  return { out: ops.dense(store, z, weights, bias), back: (d, isWanted) => ops.denseBack(store, z, d, weights, bias, isWanted) };
}

export function headsLayer({ store, slot }: Pass, { index, members, width }: Place, units: number, z: Tensor2D): Made {
  const [weights, bias] = [slot(`${index}.weights`), slot(`${index}.bias`)];
  const rows = z.shape[0] / members;
  const byMember = (lines: Tensor2D, of: number): Tensor3D => transpose(reshape(lines, [rows, members, of]), [1, 0, 2]);
  const byLine = (batch: Tensor3D, of: number): Tensor2D => reshape(transpose(batch, [1, 0, 2]), [rows * members, of]);
  const given = byMember(z, width);
  const w = store.value(weights) as Tensor3D;
  return {
    out: byLine(add(matMul(given, w), reshape(store.value(bias), [members, 1, units])) as Tensor3D, units),
    back(d, isWanted) {
      const slope = byMember(d, units);
      store.gradient(weights, matMul(transpose(given, [0, 2, 1]), slope));
      store.gradient(bias, sum(slope, 1));
      return isWanted ? byLine(matMul(slope, transpose(w, [0, 2, 1])), width) : d;
    },
  };
}
