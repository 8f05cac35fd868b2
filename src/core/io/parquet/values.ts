// Parquet's stored values as doubles. 64-bit integers are read as two 32-bit words, without a BigInt per value.
import type { DecodedArray } from 'hyparquet';
import { bigOf, decimalOf } from '../build/typed-column.ts';

/** Thrown (never shown) when an integer is beyond 2^53: the column is read again as text. */
export class TooWide {}

/** Integers of any width as numbers; with `isStrict` TooWide is thrown where a double cannot hold one. */
export function integersOf(values: DecodedArray, isUnsigned: boolean, isStrict: boolean): ArrayLike<number> {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    const out = new Float64Array(values.length);
    let widest = 0;
    for (let i = 0; i < out.length; i++) {
      const high = isUnsigned ? words[2 * i + 1] >>> 0 : words[2 * i + 1];
      const v = high * 4294967296 + (words[2 * i] >>> 0);
      out[i] = v;
      const size = v < 0 ? -v : v;
      if (size > widest) widest = size;
    }
    if (isStrict && widest > 9007199254740991) throw new TooWide();
    return out;
  }
  if (isUnsigned && values instanceof Int32Array) return new Uint32Array(values.buffer, values.byteOffset, values.length);
  if (Array.isArray(values)) return Float64Array.from(values as unknown[], (v) => Number(v));
  return values as ArrayLike<number>;
}

/** The double nearest to a decimal: a whole number, or its bytes with the highest first, over 10^scale; NaN for over 64 bytes. */
export function decimalValue(value: number | bigint | Uint8Array, scale: number): number {
  if (value instanceof Uint8Array) return value.length > 64 ? NaN : decimalOf(bigOf(value, false), scale);
  return decimalOf(BigInt(value), scale);
}

/** Whole milliseconds of a count of micros (per 1000) or nanos (per 1000000), downwards; a quarter more tells a finer time. */
export function floorMs(value: bigint, per: bigint): number {
  const rest = value % per;
  return Number(value / per) - (rest < 0n ? 1 : 0) + (rest === 0n ? 0 : 0.25);
}

/** Julian day in the high 32 bits, nanoseconds of the day in the low 64 -> milliseconds since 1970; a fraction tells a finer time. */
export function int96Ms(value: bigint): number {
  const days = Number(value >> 64n) - 2440588;
  const nanos = value & 0xffffffffffffffffn;
  return days * 86400000 + Number(nanos / 1000000n) + (nanos % 1000000n === 0n ? 0 : 0.25);
}

/** An IEEE 754 half in two bytes, least significant first. */
export function halfFloat(bytes: Uint8Array): number {
  const bits = bytes[0] | (bytes[1] << 8);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * 2 ** -24 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

export function hexOf(bytes: Uint8Array): string {
  let out = '';
  for (const b of bytes) out += b.toString(16).padStart(2, '0');
  return out;
}
