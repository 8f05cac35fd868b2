// Parameters, gradients and optimiser as flat tensors, moved by tfjs ops: an optimiser step is a dozen ops however many
// layers there are. Rates and decays are vectors with one number for each parameter; a running statistic is moved by what
// it is given, everything else by AdamW or SGD (formulas: core/learners/mlp/reference/optimizer.ts).
import { add, concat1d, dispose, div, keep, maximum, mul, reshape, scalar, slice, sqrt, square, stack, sub, sum, tensor1d, tidy, zeros, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { NetMoments, NetOpen } from '../../../core/learners/mlp/net-kernels.ts';
import type { NetSlot } from '../../../core/models/net/net.ts';
import type { NetStore, StepFactors } from '../ops.ts';

type Read = (tensor: Tensor) => Promise<Float32Array>;

export function plainStore({ weights, optimizer }: NetOpen, slots: readonly NetSlot[], moments: NetMoments | null, read: Read): NetStore {
  const { kind, beta1, beta2, epsilon, clip } = optimizer;
  const size = weights.length;
  const hasRunning = slots.some((slot) => slot.role === 'running');
  const held = { flat: tensor1d(weights.slice()), first: tensor1d(moments ? moments.first.slice() : new Float32Array(size)), second: tensor1d(moments ? moments.second.slice() : new Float32Array(size)), loss: zeros([]) as Tensor };
  const fixed = {
    rates: tensor1d(each(slots, size, (slot, s) => (slot.trained ? optimizer.rates[s] : 0))),
    decays: tensor1d(each(slots, size, (slot, s) => (slot.trained ? optimizer.decays[s] : 0))),
    running: tensor1d(each(slots, hasRunning ? size : 0, (slot) => (slot.role === 'running' ? 1 : 0))),
  };
  const values = new Map<string, Tensor>();
  const given = new Map<string, Tensor>();
  const replace = (name: keyof typeof held, value: Tensor): void => {
    held[name].dispose();
    Object.assign(held, { [name]: keep(value) });
  };
  const gathered = (): Tensor1D => concat1d(slots.map((slot) => (given.has(slot.name) ? (reshape(given.get(slot.name)!, [slot.size]) as Tensor1D) : (zeros([slot.size]) as Tensor1D))));
  /** The gradient without what running statistics are to move by. */
  const trainedOnly = (moves: Tensor1D): Tensor1D => (hasRunning ? mul(moves, sub(1, fixed.running)) : moves);
  return {
    value(slot) {
      const known = values.get(slot.name);
      if (known) return known;
      const value = reshape(slice(held.flat, slot.offset, slot.size), slot.shape);
      values.set(slot.name, value);
      return value;
    },
    gradient: (slot, value) => void given.set(slot.name, value),
    apply({ rate, decay, unbias1, unbias2 }: StepFactors) {
      const moves = gathered();
      let g = trainedOnly(moves);
      if (clip > 0) g = mul(g, div(clip, maximum(sqrt(sum(square(g))), clip)));
      const first = add(mul(held.first, beta1), kind === 'sgd' ? g : mul(g, 1 - beta1)) as Tensor1D;
      let move: Tensor = first;
      if (kind === 'adamw') {
        const second = add(mul(held.second, beta2), mul(square(g), 1 - beta2)) as Tensor1D;
        move = div(mul(first, unbias1), add(mul(sqrt(second), Math.sqrt(unbias2)), epsilon));
        replace('second', second);
      }
      const step = mul(rate, add(mul(fixed.rates, move), mul(mul(fixed.decays, decay), held.flat)));
      const flat = sub(held.flat, step);
      replace('first', first);
      replace('flat', hasRunning ? add(flat, mul(fixed.running, moves)) : flat);
      values.clear();
    },
    addLoss: (loss) => replace('loss', add(held.loss, loss)),
    async takeLoss() {
      const asked = held.loss;
      held.loss = keep(scalar(0));
      try {
        return (await read(asked))[0];
      } finally {
        asked.dispose();
      }
    },
    squares(of) {
      const flat = of === 'weights' ? held.flat : trainedOnly(gathered());
      return tidy(() => stack(slots.map((slot) => sum(square(slice(flat, slot.offset, slot.size))))) as Tensor1D);
    },
    weights: async () => Float32Array.from(await read(held.flat)),
    moments: async () => ({ first: Float32Array.from(await read(held.first)), second: Float32Array.from(await read(held.second)) }),
    tensors: () => [...Object.values(held), ...Object.values(fixed)],
    endStep() {
      values.clear();
      given.clear();
    },
    dispose: () => dispose([...Object.values(held), ...Object.values(fixed)]),
  };
}

/** One number for each parameter, the same within a slot. */
export function each(slots: readonly NetSlot[], size: number, of: (slot: NetSlot, s: number) => number): Float32Array {
  const out = new Float32Array(size);
  if (size > 0) slots.forEach((slot, s) => out.fill(of(slot, s), slot.offset, slot.offset + slot.size));
  return out;
}
