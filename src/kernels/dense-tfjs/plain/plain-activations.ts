// The activations and their slopes in tfjs ops, for any backend; the same formulas as core/learners/mlp/reference/activate.ts.
import { add, exp, minimum, mul, relu, selu, sigmoid, softplus, square, step, sub, tanh, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Activation } from '../../../core/models/net/net.ts';

const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

export function activate(by: Activation, z: Tensor2D): Tensor2D {
  if (by === 'relu') return relu(z);
  if (by === 'silu') return mul(z, sigmoid(z));
  if (by === 'selu') return selu(z);
  return by === 'mish' ? mul(z, tanh(softplus(z))) : tanh(z);
}

/** f'(z); relu's and selu's at 0 is that from below. */
export function activationSlope(by: Activation, z: Tensor2D): Tensor2D {
  if (by === 'relu') return step(z);
  if (by === 'selu') return mul(seluScale, add(step(z), mul(sub(1, step(z)), mul(seluAlpha, exp(minimum(z, 0))))));
  if (by === 'tanh') return sub(1, square(tanh(z)));
  const s = sigmoid(z);
  if (by === 'silu') return mul(s, add(1, mul(z, sub(1, s))));
  const t = tanh(softplus(z));
  return add(t, mul(mul(z, s), sub(1, square(t))));
}
