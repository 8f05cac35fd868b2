// Arrays that grow: by doubling, from small, so that ten thousand narrow columns stay cheap.
import { setBit, type Bits } from '../../base/bits.ts';

/** A longer copy of `array` with room for at least `needed`. */
export function grown<T extends Uint8Array | Int32Array | Uint32Array | Float64Array>(array: T, needed: number): T {
  const out = new (array.constructor as new (n: number) => T)(Math.max(needed, array.length * 2, 64));
  out.set(array);
  return out;
}

/** A mask of unknown length. */
export interface GrowingMask {
  bits: Bits;
  count: number;
}
export const makeMask = (): GrowingMask => ({ bits: new Uint8Array(0), count: 0 });

/** Sets bit `row`; each row at most once. */
export function markRow(mask: GrowingMask, row: number): void {
  if (row >> 3 >= mask.bits.length) mask.bits = grown(mask.bits, (row >> 3) + 1);
  setBit(mask.bits, row);
  mask.count++;
}

/** Sets the bits [from, to). */
export function markRange(mask: GrowingMask, from: number, to: number): void {
  for (let row = from; row < to; row++) markRow(mask, row);
}

/** Sets bit `row + i` for each of the `count` bits i set in `bits`; beyond its bytes nothing is set. */
export function markBits(mask: GrowingMask, row: number, bits: Bits, count: number): void {
  if (count === 0) return;
  const shift = row & 7;
  const first = row >> 3;
  if (first + bits.length + 1 > mask.bits.length) mask.bits = grown(mask.bits, first + bits.length + 1);
  const to = mask.bits;
  for (let i = 0; i < bits.length; i++) {
    const byte = bits[i];
    if (byte === 0) continue;
    to[first + i] |= byte << shift;
    to[first + i + 1] |= byte >> (8 - shift);
  }
  mask.count += count;
}

/** The mask cut to `rows` bits; null when none is set. */
export function finishMask(mask: GrowingMask, rows: number): Bits | null {
  if (mask.count === 0) return null;
  const bytes = (rows + 7) >> 3;
  const out = new Uint8Array(bytes);
  out.set(mask.bits.subarray(0, bytes));
  return out;
}
