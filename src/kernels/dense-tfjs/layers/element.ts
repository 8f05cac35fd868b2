// Layers without sums over units: scale and shift (one line or a line for each member), drop, spread, and the save and add
// of a residual block. Saves match adds as brackets do: `stack` holds forward what a save saw, backward what an add owes it.
import { add, mul, reshape, sum, tile, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Drop } from '../ops.ts';
import type { Made, Pass, Place } from './pass.ts';

/** Lines as the parameter sees them: with a line for each member a row is one wide line, else each line is by itself. */
const folded = (z: Tensor2D, members: number, member: boolean): Tensor2D => (member && members > 1 ? reshape(z, [z.shape[0] / members, members * z.shape[1]]) : z);
const flat = (value: Tensor): Tensor => reshape(value, [value.size]);

export function scaleLayer({ ops, store, slot }: Pass, { index, members }: Place, member: boolean, z: Tensor2D): Made {
  const own = slot(`${index}.scale`);
  const [a, given] = [flat(store.value(own)), folded(z, members, member)];
  return {
    out: reshape(mul(given, a), z.shape),
    back(d, isWanted) {
      const slope = folded(d, members, member);
      store.gradient(own, ops.columns(slope, given));
      return isWanted ? reshape(mul(slope, a), z.shape) : d;
    },
  };
}

export function shiftLayer({ ops, store, slot }: Pass, { index, members }: Place, member: boolean, z: Tensor2D): Made {
  const own = slot(`${index}.bias`);
  return {
    out: reshape(add(folded(z, members, member), flat(store.value(own))), z.shape),
    back(d) {
      store.gradient(own, ops.columns(folded(d, members, member)));
      return d;
    },
  };
}

export function dropLayer({ ops }: Pass, drop: Drop | null, z: Tensor2D): Made {
  return drop ? { out: ops.drop(z, drop), back: (d) => ops.drop(d, drop) } : { out: z, back: (d) => d };
}

export function spreadLayer({ width }: Place, members: number, z: Tensor2D): Made {
  const rows = z.shape[0];
  return {
    out: reshape(tile(reshape(z, [rows, 1, width]), [1, members, 1]), [rows * members, width]),
    back: (d, isWanted) => (isWanted ? (sum(reshape(d, [rows, members, width]), 1) as Tensor2D) : d),
  };
}

export function saveLayer(stack: Tensor2D[], z: Tensor2D): Made {
  stack.push(z);
  return { out: z, back: (d) => add(d, stack.pop()!) };
}

export function addLayer(stack: Tensor2D[], z: Tensor2D): Made {
  return {
    out: add(z, stack.pop()!),
    back(d) {
      stack.push(d);
      return d;
    },
  };
}
