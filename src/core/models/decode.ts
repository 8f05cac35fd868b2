// Float arrays of a model, whether stored plain or as 8- or 16-bit integers with a minimum and scale per block.
// Stored form: arrays[name] is Uint8Array or Uint16Array, arrays[name + '.min'] and [name + '.scale'] are Float32Array
// with one entry per block of `blocks[name]` consecutive values, blocks in json.blocks. value = min + scale * q, in double.
// Written by core/compress; every model kind reads its floats through `floatsOf`, so one rule serves them all.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Model } from './model.ts';

const decoded = new WeakMap<Model, Map<string, Float64Array | Float32Array>>();

/** The array as floats; decoded once per model. Throws bad-bundle when it is absent or its blocks do not fit. */
export function floatsOf(model: Model, name: string): Float64Array | Float32Array {
  const held = decoded.get(model) ?? new Map<string, Float64Array | Float32Array>();
  decoded.set(model, held);
  const known = held.get(name);
  if (known) return known;
  const floats = decodeFloats(model, name);
  held.set(name, floats);
  return floats;
}

function decodeFloats(model: Model, name: string): Float64Array | Float32Array {
  const array = model.arrays[name];
  if (array instanceof Float64Array || array instanceof Float32Array) return array;
  if (!(array instanceof Uint8Array || array instanceof Uint16Array)) throw broken(`array "${name}" is absent or not numeric`);
  const min = model.arrays[`${name}.min`];
  const scale = model.arrays[`${name}.scale`];
  const block = ((model.json as JsonObject).blocks as JsonObject | undefined)?.[name];
  if (typeof block !== 'number' || !Number.isInteger(block) || block < 1) throw broken(`array "${name}" has no block size`);
  const blocks = Math.ceil(array.length / block);
  if (!(min instanceof Float32Array) || !(scale instanceof Float32Array) || min.length !== blocks || scale.length !== blocks) throw broken(`array "${name}" needs ${blocks} minima and scales`);
  const out = new Float64Array(array.length);
  for (let b = 0, i = 0; b < blocks; b++) {
    const end = Math.min(array.length, i + block);
    for (; i < end; i++) out[i] = min[b] + scale[b] * array[i];
  }
  return out;
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `model ${reason}`, { reason });
