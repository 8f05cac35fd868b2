// Numbers pushed one by one -> the smallest typed array that holds them all exactly, chosen from the values alone.
// Sealed in parts of 65,536 values, each already small, so that a long column of small integers never exists as doubles.
// An infinity never enters: it is counted and becomes missing, as is NaN.
import type { NumberArray } from '../../table/table.ts';
import type { Bits } from '../../base/bits.ts';
import { finishMask, grown, makeMask, markRange, markRow, type GrowingMask } from './growing.ts';

const PART = 65536;

/** What decides the array type. */
export type Range = { low: number; high: number; isInteger: boolean; isSingle: boolean };

export interface NumberBuilder {
  rows: number;
  infinite: number;
  current: Float64Array;
  filled: number;
  readonly parts: NumberArray[];
  readonly range: Range;
  readonly mask: GrowingMask;
}

/** A builder whose first `missingRows` rows are missing. */
export function makeNumberBuilder(missingRows = 0): NumberBuilder {
  const builder: NumberBuilder = { rows: 0, infinite: 0, current: new Float64Array(0), filled: 0, parts: [], range: { low: 0, high: 0, isInteger: true, isSingle: true }, mask: makeMask() };
  if (missingRows) pushMissingNumbers(builder, missingRows);
  return builder;
}

/** Adds one row; NaN and infinities become missing. */
export function pushNumber(b: NumberBuilder, value: number): void {
  if (b.filled === b.current.length) makeRoom(b);
  if (value - value !== 0) {
    if (value === value) b.infinite++;
    markRow(b.mask, b.rows);
    b.current[b.filled++] = 0;
  } else b.current[b.filled++] = value;
  b.rows++;
}

/** Adds `count` missing rows. */
export function pushMissingNumbers(b: NumberBuilder, count = 1): void {
  markRange(b.mask, b.rows, b.rows + count);
  for (let i = 0; i < count; i++) {
    if (b.filled === b.current.length) makeRoom(b);
    b.current[b.filled++] = 0;
  }
  b.rows += count;
}

/** Adds rows whose values stand in a small array already; theirs from then on. Missing rows hold 0 and are marked by the caller. */
export function pushPart(b: NumberBuilder, part: NumberArray, range: Range): void {
  if (b.filled) seal(b);
  b.parts.push(part);
  join(b.range, range);
  b.rows += part.length;
}

/** The last part, when nothing was pushed behind it. */
export const lastPart = (b: NumberBuilder): NumberArray | undefined => (b.filled ? undefined : b.parts.at(-1));

/** Adds rows as pushPart does, but `part` begins with the rows of the last part and takes its place. */
export function extendPart(b: NumberBuilder, part: NumberArray, range: Range): void {
  const last = b.parts.pop()!;
  b.parts.push(part);
  join(b.range, range);
  b.rows += part.length - last.length;
}

/** The range of two parts together. */
export function joined(a: Range, b: Range): Range {
  const range = { ...a };
  join(range, b);
  return range;
}

/** The values in their smallest array, and the mask. */
export function finishNumbers(b: NumberBuilder): { values: NumberArray; missing: Bits | null } {
  const last = b.current.subarray(0, b.filled);
  widen(b.range, last);
  const values = makeArray(b.range, b.rows);
  let at = 0;
  for (const part of b.parts) {
    values.set(part, at);
    at += part.length;
  }
  values.set(last, at);
  return { values, missing: finishMask(b.mask, b.rows) };
}

/** The values as doubles, for times. */
export function finishDoubles(b: NumberBuilder): Float64Array {
  const values = new Float64Array(b.rows);
  let at = 0;
  for (const part of b.parts) {
    values.set(part, at);
    at += part.length;
  }
  const last = b.current.subarray(0, b.filled);
  widen(b.range, last);
  values.set(last, at);
  return values;
}

function makeRoom(b: NumberBuilder): void {
  if (b.current.length < PART) {
    b.current = grown(b.current, Math.min(PART, b.current.length * 4));
    return;
  }
  seal(b);
}

function seal(b: NumberBuilder): void {
  const values = b.current.subarray(0, b.filled);
  const range: Range = { low: 0, high: 0, isInteger: true, isSingle: true };
  widen(range, values);
  const part = makeArray(range, b.filled);
  part.set(values);
  b.parts.push(part);
  b.filled = 0;
  join(b.range, range);
}

function join(range: Range, other: Range): void {
  range.low = Math.min(range.low, other.low);
  range.high = Math.max(range.high, other.high);
  range.isInteger &&= other.isInteger;
  range.isSingle &&= other.isSingle;
}

function widen(range: Range, values: ArrayLike<number>): void {
  let { low, high, isInteger, isSingle } = range;
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    if (v < low) low = v;
    else if (v > high) high = v;
    if (isInteger && v !== Math.floor(v)) isInteger = false;
    if (isSingle && v !== Math.fround(v)) isSingle = false;
  }
  range.low = low;
  range.high = high;
  range.isInteger = isInteger;
  range.isSingle = isSingle;
}

/** The smallest array that holds all values of a range. */
export const makeArray = (range: Range, length: number): NumberArray => new (arrayOf(range))(length);

/** Its type. */
export function arrayOf({ low, high, isInteger, isSingle }: Range) {
  if (isInteger) {
    if (low >= -128 && high <= 127) return Int8Array;
    if (low >= 0 && high <= 255) return Uint8Array;
    if (low >= -32768 && high <= 32767) return Int16Array;
    if (low >= 0 && high <= 65535) return Uint16Array;
    if (low >= -2147483648 && high <= 2147483647) return Int32Array;
    if (low >= 0 && high <= 4294967295) return Uint32Array;
  }
  return isSingle ? Float32Array : Float64Array;
}
