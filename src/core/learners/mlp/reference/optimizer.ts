// One step of NetOptimizer over the flat vector. Parameters and moments are rounded to float32 after each step, so that what
// a session hands out (weights, moments) is all of its state and a resumed one goes on to the same bits.
import type { NetSlot } from '../../../models/net/net.ts';
import type { NetOptimizer, NetStep } from '../net-kernels.ts';

export interface OptimizerState {
  /** Steps done, and beta1 and beta2 to that power by repeated products. */
  steps: number;
  power1: number;
  power2: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

export function startOptimizer({ beta1, beta2 }: NetOptimizer, steps: number, first: Float64Array, second: Float64Array): OptimizerState {
  let [power1, power2] = [1, 1];
  for (let t = 0; t < steps; t++) {
    power1 *= beta1;
    power2 *= beta2;
  }
  return { steps, power1, power2, first, second };
}

/** Root of the sum of squares. */
export function normOf(values: Float64Array): number {
  let sum = 0;
  for (const v of values) sum += v * v;
  return Math.sqrt(sum);
}

/** Moves the trained slots of `params` in place. */
export function optimise(
  optimizer: NetOptimizer,
  slots: readonly NetSlot[],
  params: Float64Array,
  gradients: Float64Array,
  state: OptimizerState,
  at: Pick<NetStep, 'rate' | 'decay'>,
): void {
  const { kind, beta1, beta2, epsilon, clip, rates, decays } = optimizer;
  const norm = clip > 0 ? normOf(gradients) : 0;
  const shrink = norm > clip ? clip / norm : 1;
  state.steps++;
  state.power1 *= beta1;
  state.power2 *= beta2;
  const { first, second, power1, power2 } = state;
  slots.forEach(({ trained, offset, size }, s) => {
    if (!trained) return;
    const decay = decays[s] * at.decay;
    for (let i = offset; i < offset + size; i++) {
      const g = gradients[i] * shrink;
      let move: number;
      if (kind === 'sgd') move = first[i] = beta1 * first[i] + g;
      else {
        first[i] = beta1 * first[i] + (1 - beta1) * g;
        second[i] = beta2 * second[i] + (1 - beta2) * g * g;
        move = first[i] / (1 - power1) / (Math.sqrt(second[i] / (1 - power2)) + epsilon);
      }
      params[i] = Math.fround(params[i] - at.rate * (rates[s] * move + decay * params[i]));
      first[i] = Math.fround(first[i]);
      second[i] = Math.fround(second[i]);
    }
  });
}
