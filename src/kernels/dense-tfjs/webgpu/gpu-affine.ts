// dense and heads on the GPU: three products for a layer and one sum of columns, each one dispatch, no transposed copies.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Made, Pass, Place } from '../layers/pass.ts';
import { columnSums } from './columns.ts';
import type { GpuStore } from './gpu-store.ts';
import { multiply } from './matmul.ts';

export function gpuDense(pass: Pass, { index, width }: Place, hasBias: boolean, z: Tensor2D): Made {
  return affine(pass, index, width, 1, hasBias, z);
}

export function gpuHeads(pass: Pass, { index, width, members }: Place, _: number, z: Tensor2D): Made {
  return affine(pass, index, width, members, true, z);
}

/** `own` = members with weights of their own; their lines lie `own` apart. */
function affine({ store, slot }: Pass, index: number, width: number, own: number, hasBias: boolean, z: Tensor2D): Made {
  const { state, gradients } = store as GpuStore;
  const weights = slot(`${index}.weights`);
  const bias = hasBias ? slot(`${index}.bias`) : null;
  const units = weights.shape[weights.shape.length - 1];
  const [lines, rows] = [z.shape[0], z.shape[0] / own];
  const given = { of: z, row: own * width, batch: width };
  const w = { of: state, offset: weights.offset, row: units, batch: width * units };
  return {
    out: multiply({ a: given, b: w, m: rows, n: units, k: width, count: own, bias: bias ? { of: state, offset: bias.offset, batch: units } : undefined, out: [lines, units], row: own * units, batch: units }) as Tensor2D,
    back(d, isWanted) {
      const slope = { of: d, row: own * units, batch: units };
      multiply({ a: { ...given, turned: true }, b: slope, m: width, n: units, k: rows, count: own, out: gradients, offset: weights.offset, row: units, batch: width * units });
      if (bias) columnSums({ lines: rows, width: own * units, inputs: { ds: d }, terms: ['ds[e]'], key: 'plain', out: gradients, offset: bias.offset });
      return isWanted ? (multiply({ a: slope, b: { ...w, turned: true }, m: rows, n: width, k: units, count: own, out: [lines, width], row: own * width, batch: width }) as Tensor2D) : d;
    },
  };
}
