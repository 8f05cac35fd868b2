// Whole numbers from 0 in arrays of the least width, as stored models hold them.
import type { ModelArray } from './model.ts';

export type Unsigned = Uint8Array | Uint16Array | Uint32Array;

export const isUnsigned = (array: ModelArray | undefined): array is Unsigned => array instanceof Uint8Array || array instanceof Uint16Array || array instanceof Uint32Array;

/** Values are whole, 0 to 2^32 - 1. */
export function smallestInts(values: ArrayLike<number>): Unsigned {
  let top = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > top) top = values[i];
  return top < 256 ? Uint8Array.from(values) : top < 65536 ? Uint16Array.from(values) : Uint32Array.from(values);
}
