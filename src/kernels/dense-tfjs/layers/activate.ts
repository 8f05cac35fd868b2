// The activations, with the dropout that follows one, and mixed ones: z + a (f(z) - z), a learnt for each unit.
// Watched, they tell the share of units that are stuck on every line: dead (relu) or saturated (tanh beyond 0.99).
import { abs, add, greater, lessEqual, max, mean, min, mul, sub, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Activation } from '../../../core/models/net/net.ts';
import type { Drop } from '../ops.ts';
import type { Made, Pass, Place } from './pass.ts';

/** Where tanh is 0.99. */
const saturated = 2.6466524123622457;

export function activateLayer(pass: Pass, { index }: Place, by: Activation, mixed: boolean, z: Tensor2D, drop: Drop | null): Made & { stuck: Tensor | null } {
  const stuck = pass.training?.at.watch ? stuckShare(by, z) : null;
  const { ops, store } = pass;
  if (!mixed) return { out: ops.activate(by, z, drop), back: (d) => ops.activateBack(by, z, d, drop), stuck };
  const own = pass.slot(`${index}.mix`);
  const mix = store.value(own) as Tensor1D;
  const gap = sub(ops.activate(by, z, null), z) as Tensor2D;
  const out = add(z, mul(mix, gap)) as Tensor2D;
  return {
    stuck,
    out: drop ? ops.drop(out, drop) : out,
    back(slope) {
      const d = drop ? ops.drop(slope, drop) : slope;
      store.gradient(own, ops.columns(d, gap));
      return add(d, mul(mix, sub(ops.activateBack(by, z, d, null), d)));
    },
  };
}

export function stuckShare(by: Activation, z: Tensor2D): Tensor | null {
  if (by === 'relu') return mean(lessEqual(max(z, 0), 0));
  return by === 'tanh' ? mean(greater(min(abs(z), 0), saturated)) : null;
}
