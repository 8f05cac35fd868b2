// Typed arrays -> columns -> a Table. Checked here once: equal lengths, distinct non-empty names, codes within levels.
// What leaves here is never written again.
import { BarnacleError } from '../base/errors.ts';
import { makeBits, setBit, type Bits } from '../base/bits.ts';
import type { BooleanColumn, CategoryColumn, Column, NumberArray, NumberColumn, Table, TextColumn, TimeColumn } from './table.ts';

/** A table of columns of equal length; `rows` is needed only when there is no column. Throws duplicate-column. */
export function makeTable(columns: readonly Column[], rows: number = columns.length ? columnRows(columns[0]) : 0): Table {
  const seen = new Set<string>();
  for (const column of columns) {
    if (seen.has(column.name)) throw new BarnacleError('duplicate-column', `column "${column.name}" occurs twice; rename one`, { column: column.name });
    seen.add(column.name);
    if (columnRows(column) !== rows) throw new Error(`column "${column.name}" has ${columnRows(column)} rows, the table ${rows}`);
  }
  return { rows, columns };
}

/** The number of rows that a column holds. */
export function columnRows(column: Column): number {
  if (column.kind === 'text') return column.offsets.length - 1;
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

/** The column of that name, or null. */
export const findColumn = (table: Table, name: string): Column | null => table.columns.find((c) => c.name === name) ?? null;

/** The column of that name; throws missing-column, naming what is there. */
export function getColumn(table: Table, name: string): Column {
  const found = findColumn(table, name);
  if (found) return found;
  const known = table.columns.map((c) => c.name);
  throw new BarnacleError('missing-column', `column "${name}" is missing; the table has ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}`, { column: name, known });
}

export const makeNumber = (name: string, values: NumberArray, missing: Bits | null = null): NumberColumn => ({ kind: 'number', name, values, missing });
export const makeBoolean = (name: string, values: Uint8Array, missing: Bits | null = null): BooleanColumn => ({ kind: 'boolean', name, values, missing });
export const makeTime = (name: string, values: Float64Array, unit: TimeColumn['unit'], missing: Bits | null = null): TimeColumn => ({ kind: 'time', name, values, unit, missing });
export const makeCategory = (name: string, codes: Int32Array, levels: readonly string[], missing: Bits | null = null): CategoryColumn => ({ kind: 'category', name, codes, levels, missing });
export const makeText = (name: string, bytes: Uint8Array, offsets: Uint32Array, missing: Bits | null = null): TextColumn => ({ kind: 'text', name, bytes, offsets, missing });

/** Numbers from plain values; null, undefined and NaN are missing. */
export function numbersOf(name: string, cells: readonly (number | null | undefined)[]): NumberColumn {
  const values = new Float64Array(cells.length);
  const missing = maskOf(cells, (v) => v == null || v !== v);
  cells.forEach((v, i) => (values[i] = v == null || v !== v ? 0 : v));
  return makeNumber(name, values, missing);
}

/** Categories from plain strings, levels in order of first appearance; null is missing. */
export function categoriesOf(name: string, cells: readonly (string | null | undefined)[]): CategoryColumn {
  const codes = new Int32Array(cells.length);
  const index = new Map<string, number>();
  cells.forEach((cell, i) => {
    if (cell == null) return;
    if (!index.has(cell)) index.set(cell, index.size);
    codes[i] = index.get(cell)!;
  });
  return makeCategory(name, codes, [...index.keys()], maskOf(cells, (v) => v == null));
}

/** Text from plain strings; null is missing. */
export function textsOf(name: string, cells: readonly (string | null | undefined)[]): TextColumn {
  const encoder = new TextEncoder();
  const parts = cells.map((cell) => encoder.encode(cell ?? ''));
  const offsets = new Uint32Array(cells.length + 1);
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i] + part.length));
  const bytes = new Uint8Array(offsets[cells.length]);
  parts.forEach((part, i) => bytes.set(part, offsets[i]));
  return makeText(name, bytes, offsets, maskOf(cells, (v) => v == null));
}

function maskOf<T>(cells: readonly T[], isMissing: (cell: T) => boolean): Bits | null {
  let bits: Bits | null = null;
  cells.forEach((cell, i) => {
    if (isMissing(cell)) setBit((bits ??= makeBits(cells.length)), i);
  });
  return bits;
}
