// What an expression works on: a column's worth of values with one byte per row for "missing", and what every operation
// needs of them. Text is codes into texts, so that what works on text works once for each spelling.
// Arrays may be those of a table: they are never written after they were made.
import { getBit, type Bits } from '../../base/bits.ts';
import { parseTime } from '../parse-cell.ts';
import { textReader } from '../texts.ts';
import type { Column } from '../table.ts';

/** 1 = missing; null = nothing is. */
export type Mask = Uint8Array | null;
export type NumberValues = { readonly type: 'number'; readonly values: Float64Array; readonly missing: Mask };
export type TimeValues = { readonly type: 'time'; readonly values: Float64Array; readonly missing: Mask };
export type BooleanValues = { readonly type: 'boolean'; readonly values: Uint8Array; readonly missing: Mask };
export type TextValues = { readonly type: 'text'; readonly codes: Int32Array; readonly levels: readonly string[]; readonly missing: Mask };
export type Values = NumberValues | TimeValues | BooleanValues | TextValues;

export const numbers = (values: Float64Array, missing: Mask): NumberValues => ({ type: 'number', values, missing });
export const times = (values: Float64Array, missing: Mask): TimeValues => ({ type: 'time', values, missing });
export const booleans = (values: Uint8Array, missing: Mask): BooleanValues => ({ type: 'boolean', values, missing });
export const texts = (codes: Int32Array, levels: readonly string[], missing: Mask): TextValues => ({ type: 'text', codes, levels, missing });

/** Rows that are missing in any of them. */
export function anyMissing(all: readonly { readonly missing: Mask }[]): Mask {
  const masks = all.map((v) => v.missing).filter((mask) => mask !== null);
  if (masks.length < 2) return masks[0] ?? null;
  const out = masks[0].slice();
  for (const mask of masks.slice(1)) for (let i = 0; i < out.length; i++) out[i] |= mask[i];
  return out;
}

export function valuesOf(column: Column): Values {
  const missing = maskOf(column);
  switch (column.kind) {
    case 'number':
      return numbers(column.values instanceof Float64Array ? column.values : Float64Array.from(column.values), missing);
    case 'time':
      return times(column.values, missing);
    case 'boolean':
      return booleans(column.values, missing);
    case 'category':
      return texts(column.codes, column.levels.length ? column.levels : [''], missing);
    case 'text': {
      const read = textReader(column);
      const rows = column.offsets.length - 1;
      return texts(Int32Array.from({ length: rows }, (_, i) => i), Array.from({ length: rows }, (_, i) => read(i)), missing);
    }
  }
}

function maskOf(column: Column): Mask {
  if (!column.missing) return null;
  const rows = column.kind === 'text' ? column.offsets.length - 1 : column.kind === 'category' ? column.codes.length : column.values.length;
  const mask = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) if (getBit(column.missing, i)) mask[i] = 1;
  return mask;
}

/** A mask as the bits of a column. */
export function bitsOf(mask: Mask): Bits | null {
  if (!mask) return null;
  let any = false;
  const bits = new Uint8Array((mask.length + 7) >> 3);
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    bits[i >> 3] |= 1 << (i & 7);
    any = true;
  }
  return any ? bits : null;
}

/** The same value in every row. */
export function constant(value: number | string | boolean | null, type: Values['type'], rows: number): Values {
  const missing = value === null ? new Uint8Array(rows).fill(1) : null;
  if (type === 'text') return texts(new Int32Array(rows), [value === null ? '' : String(value)], missing);
  if (type === 'boolean') return booleans(new Uint8Array(rows).fill(value === true ? 1 : 0), missing);
  const number = type === 'time' && typeof value === 'string' ? parseTime(value)! : Number(value ?? 0);
  return { type, values: new Float64Array(rows).fill(number), missing } as Values;
}

/** f of each row's numbers; a result that is not finite is missing. */
export function map1(a: Float64Array, mask: Mask, f: (x: number) => number): { values: Float64Array; missing: Mask } {
  const values = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) values[i] = f(a[i]);
  return finite(values, mask);
}
export function map2(a: Float64Array, b: Float64Array, mask: Mask, f: (x: number, y: number) => number): { values: Float64Array; missing: Mask } {
  const values = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) values[i] = f(a[i], b[i]);
  return finite(values, mask);
}
function finite(values: Float64Array, mask: Mask): { values: Float64Array; missing: Mask } {
  let missing = mask;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i]) || (mask && mask[i])) continue;
    if (missing === mask) missing = mask ? mask.slice() : new Uint8Array(values.length);
    missing![i] = 1;
  }
  return { values, missing };
}

/** f of each text, once for each spelling; null = missing. */
export function mapText(a: TextValues, f: (text: string) => string | null): TextValues {
  const levels = a.levels.map(f);
  if (!levels.includes(null)) return texts(a.codes, levels as string[], a.missing);
  return texts(a.codes, levels.map((level) => level ?? ''), missingWhere(a, levels.map((level) => level === null)));
}
/** The number that each spelling gives, by row; NaN = missing. */
export function numberOfText(a: TextValues, f: (text: string) => number): { values: Float64Array; missing: Mask } {
  const of = Float64Array.from(a.levels, f);
  const values = new Float64Array(a.codes.length);
  for (let i = 0; i < values.length; i++) values[i] = of[a.codes[i]];
  return finite(values, a.missing);
}
export function flagOfText(a: TextValues, f: (text: string) => boolean): Uint8Array {
  const of = Uint8Array.from(a.levels, (level) => (f(level) ? 1 : 0));
  const values = new Uint8Array(a.codes.length);
  for (let i = 0; i < values.length; i++) values[i] = of[a.codes[i]];
  return values;
}
function missingWhere(a: TextValues, gone: readonly boolean[]): Mask {
  const mask = a.missing ? a.missing.slice() : new Uint8Array(a.codes.length);
  for (let i = 0; i < mask.length; i++) if (gone[a.codes[i]]) mask[i] = 1;
  return mask;
}
/** The text of row i, missing or not. */
export const textAt = (a: TextValues, i: number): string => a.levels[a.codes[i]];
/** One text per row from f; null = missing. Rows of `mask` are not asked. */
export function textRows(rows: number, mask: Mask, f: (row: number) => string | null): TextValues {
  const levels = new Array<string>(Math.max(1, rows)).fill('');
  let missing = mask;
  for (let i = 0; i < rows; i++) {
    if (mask && mask[i]) continue;
    const text = f(i);
    if (text !== null) levels[i] = text;
    else {
      if (missing === mask) missing = mask ? mask.slice() : new Uint8Array(rows);
      missing![i] = 1;
    }
  }
  return texts(Int32Array.from({ length: rows }, (_, i) => i), levels, missing);
}
/** A text that is the same in every row, else null. */
export const soleText = (a: Values): string | null => (a.type === 'text' && a.levels.length === 1 && !a.missing ? a.levels[0] : null);
