// The float array of a model under a name, at exactly the length and with the finite values that its kind demands.
// Used by the checks of the kinds; decoding is that of decode.ts, so quantised arrays are checked as they will serve.
import { BarnacleError } from '../base/errors.ts';
import { floatsOf } from './decode.ts';
import type { Model } from './model.ts';

/** Throws bad-bundle when the array is absent, has another length, or holds a value that is not finite. */
export function expectFloats(model: Model, name: string, length: number): Float64Array | Float32Array {
  const floats = floatsOf(model, name);
  if (floats.length !== length) throw broken(`array "${name}" has ${floats.length} values, expected ${length}`);
  for (let i = 0; i < length; i++) if (!Number.isFinite(floats[i])) throw broken(`array "${name}" holds ${floats[i]} at ${i}`);
  return floats;
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `model ${reason}`, { reason });
