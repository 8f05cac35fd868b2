// The activations, their slopes and, mixed, what is learnt for each unit: z + a (f(z) - z).
import { exp, sigmoid, softplus, tanh } from '../../../base/numerics.ts';
import type { Activation } from '../../../models/net/net.ts';
import type { Pass, PassLayer, Place } from './layer.ts';
import { slotViews } from './layer.ts';

const SELU_SCALE = 1.0507009873554804934193349852946;
const SELU_ALPHA = 1.6732632423543772848170429916717;

/** f(z). */
export function activation(by: Activation, z: number): number {
  if (by === 'relu') return z > 0 ? z : z === z ? 0 : NaN;
  if (by === 'silu') return z * sigmoid(z);
  if (by === 'selu') return z > 0 ? SELU_SCALE * z : SELU_SCALE * SELU_ALPHA * (exp(z) - 1);
  return by === 'mish' ? z * tanh(softplus(z)) : tanh(z);
}

/** f'(z); relu's and selu's at 0 is that from below. */
export function activationSlope(by: Activation, z: number): number {
  if (by === 'relu') return z > 0 ? 1 : 0;
  if (by === 'selu') return z > 0 ? SELU_SCALE : SELU_SCALE * SELU_ALPHA * exp(z);
  if (by === 'silu') return sigmoid(z) * (1 + z * sigmoid(-z));
  const t = tanh(by === 'mish' ? softplus(z) : z);
  return by === 'mish' ? t + z * (1 - t * t) * sigmoid(z) : 1 - t * t;
}

export function activateLayer(pass: Pass, { index, width }: Place, by: Activation, mixed: boolean): PassLayer {
  const mix = mixed ? slotViews(pass, `${index}.mix`) : null;
  let given: Float64Array = new Float64Array(0);
  return {
    forward(z) {
      given = z;
      return z.map((v, i) => (mix ? v + mix.value[i % width] * (activation(by, v) - v) : activation(by, v)));
    },
    backward(dz) {
      return dz.map((d, i) => {
        const z = given[i];
        if (!mix) return d * activationSlope(by, z);
        mix.gradient[i % width] += d * (activation(by, z) - z);
        return d * (1 + mix.value[i % width] * (activationSlope(by, z) - 1));
      });
    },
  };
}

/** Share of the units that are dead (relu: f(z) = 0 on every line, mixed or not) or saturated (tanh: beyond 0.99 on every line); NaN for the others. */
export function deadShare(by: Activation, z: Float64Array, width: number): number {
  if (by !== 'relu' && by !== 'tanh') return NaN;
  let dead = 0;
  for (let u = 0; u < width; u++) {
    let all = true;
    for (let i = u; i < z.length && all; i += width) all = by === 'relu' ? z[i] <= 0 : Math.abs(tanh(z[i])) > 0.99;
    if (all) dead++;
  }
  return dead / width;
}
