// A column of a kind without a single value: every cell missing.
import { makeBits } from '../base/bits.ts';
import { makeBoolean, makeCategory, makeNumber, makeText, makeTime } from './build.ts';
import type { Column, Kind } from './table.ts';

export function columnOfNothing(name: string, kind: Kind, rows: number): Column {
  const missing = rows ? fullBits(rows) : null;
  if (kind === 'number') return makeNumber(name, new Float64Array(rows), missing);
  if (kind === 'boolean') return makeBoolean(name, new Uint8Array(rows), missing);
  if (kind === 'time') return makeTime(name, new Float64Array(rows), 'ms', missing);
  if (kind === 'category') return makeCategory(name, new Int32Array(rows), [], missing);
  return makeText(name, new Uint8Array(0), new Uint32Array(rows + 1), missing);
}

/** A mask of n set bits; the bits beyond n are clear. */
export function fullBits(n: number) {
  const bits = makeBits(n).fill(255);
  if (n & 7) bits[bits.length - 1] = (1 << (n & 7)) - 1;
  return bits;
}
