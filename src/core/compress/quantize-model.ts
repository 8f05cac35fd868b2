// A model -> the same model with 8- or 16-bit integers for the float arrays that its kind declares quantisable.
// Stored as models/decode.ts reads: value = min + scale * q per block, min and scale as float32. Each block's range is
// covered exactly or slightly more, so the error of a value is at most half a step of its block.
// An array stays as it is when integers would not make it smaller, or when it holds a value that is not finite.
import type { Json, JsonObject } from '../base/json.ts';
import { floatsOf } from '../models/decode.ts';
import { modelKinds } from '../models/index.ts';
import type { Model, ModelArray } from '../models/model.ts';

/** A block shorter than this is widened to a multiple of itself: 8 bytes of minimum and scale would weigh too much. */
const shortestBlock = 64;

/** Predictions change, shapes do not. A model that was quantised before is decoded first, so 16 bits after 8 gain nothing. */
export function quantizeModel(model: Model, bits: 8 | 16): Model {
  const declared = modelKinds.get(model.type).quantizable?.(model) ?? [];
  const arrays: { [name: string]: ModelArray } = { ...model.arrays };
  const blocks: { [name: string]: Json } = { ...((model.json as JsonObject).blocks as JsonObject | undefined) };
  for (const { name, block } of declared) {
    const packed = quantizeFloats(floatsOf(model, name), bits, widen(block));
    if (!packed || packed.bytes >= storedBytes(model, name)) continue;
    arrays[name] = packed.values;
    arrays[`${name}.min`] = packed.min;
    arrays[`${name}.scale`] = packed.scale;
    blocks[name] = packed.block;
  }
  if (Object.keys(blocks).length === 0) return model;
  return { ...model, json: { ...(model.json as JsonObject), blocks }, arrays };
}

const widen = (block: number): number => (block >= shortestBlock ? block : block * Math.ceil(shortestBlock / Math.max(1, block)));

function storedBytes(model: Model, name: string): number {
  return [name, `${name}.min`, `${name}.scale`].reduce((sum, key) => sum + (model.arrays[key]?.byteLength ?? 0), 0);
}

interface Packed { readonly values: Uint8Array | Uint16Array; readonly min: Float32Array; readonly scale: Float32Array; readonly block: number; readonly bytes: number }

/** Blocks of `block` consecutive values; null when a value is not finite or a range leaves float32. */
export function quantizeFloats(floats: ArrayLike<number>, bits: 8 | 16, block: number): Packed | null {
  const blocks = Math.ceil(floats.length / block);
  const values = bits === 8 ? new Uint8Array(floats.length) : new Uint16Array(floats.length);
  const min = new Float32Array(blocks);
  const scale = new Float32Array(blocks);
  const top = 2 ** bits - 1;
  for (let b = 0; b < blocks; b++) {
    const from = b * block;
    const end = Math.min(floats.length, from + block);
    let low = Infinity;
    let high = -Infinity;
    for (let i = from; i < end; i++) {
      if (!Number.isFinite(floats[i])) return null;
      low = Math.min(low, floats[i]);
      high = Math.max(high, floats[i]);
    }
    if (low === high) {
      min[b] = low;
    } else {
      min[b] = floatBelow(low);
      scale[b] = floatAbove((high - min[b]) / top);
      for (let i = from; i < end; i++) values[i] = Math.max(0, Math.min(top, Math.round((floats[i] - min[b]) / scale[b])));
    }
    if (!Number.isFinite(min[b]) || !Number.isFinite(scale[b] * top)) return null;
  }
  return { values, min, scale, block, bytes: values.byteLength + min.byteLength + scale.byteLength };
}

const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

/** The largest float32 that is at most x; the smallest that is at least x. */
function floatBelow(x: number): number {
  float[0] = x;
  if (float[0] <= x) return float[0];
  if (float[0] === 0) return -(2 ** -149);
  word[0] += float[0] > 0 ? -1 : 1;
  return float[0];
}
const floatAbove = (x: number): number => -floatBelow(-x);
