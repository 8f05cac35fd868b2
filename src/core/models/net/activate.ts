// The activations of nets, element by element in doubles and through base/numerics: the same bits on every engine.
// kernels/nets-serve-wasm/assembly/activate.ts is their twin: change both, then run tests/parity/net-serving.test.ts.
import { exp, sigmoid } from '../../base/numerics.ts';
import type { Activation } from './net.ts';

/** Klambauer et al. 2017. */
const [SELU, ALPHA] = [1.0507009873554805, 1.6732632423543772];
/** Beyond it mish(z) = z to the last bit, and its exponential stays small. */
const FAR = 40;

export const activate: { readonly [by in Activation]: (z: number) => number } = {
  relu: (z) => (z > 0 ? z : 0),
  silu: (z) => z * sigmoid(z),
  selu: (z) => (z > 0 ? SELU * z : SELU * (ALPHA * (exp(z) - 1))),
  mish(z) {
    if (z > FAR) return z;
    const e = exp(z);
    const t = e * (e + 2);
    return z * (t / (t + 2));
  },
  tanh(z) {
    const e = exp(-2 * (z < 0 ? -z : z));
    const t = (1 - e) / (1 + e);
    return z < 0 ? -t : t;
  },
};
