// Selections: some rows, some columns. takeRows copies what it takes; column selections share the arrays.
import { getBit, makeBits, setBit, type Bits } from '../base/bits.ts';
import { getColumn } from './build.ts';
import type { Column, Rows, Table } from './table.ts';

/** The rows at those indices, in that order (repeats allowed). */
export function takeRows(table: Table, rows: Rows): Table {
  return { rows: rows.length, columns: table.columns.map((column) => takeColumn(column, rows)) };
}

/** One column at those rows. */
export function takeColumn(column: Column, rows: Rows): Column {
  const missing = takeBits(column.missing, rows);
  if (column.kind === 'text') {
    const offsets = new Uint32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) offsets[i + 1] = offsets[i] + column.offsets[rows[i] + 1] - column.offsets[rows[i]];
    const bytes = new Uint8Array(offsets[rows.length]);
    for (let i = 0; i < rows.length; i++) bytes.set(column.bytes.subarray(column.offsets[rows[i]], column.offsets[rows[i] + 1]), offsets[i]);
    return { ...column, bytes, offsets, missing };
  }
  if (column.kind === 'category') return { ...column, codes: takeValues(column.codes, rows), missing };
  return { ...column, values: takeValues(column.values, rows), missing } as Column;
}

/** The values at those rows, in an array of the same type. */
export function takeValues<T extends { [i: number]: number; length: number }>(values: T, rows: Rows): T {
  const out = new (values.constructor as new (n: number) => T)(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}

function takeBits(bits: Bits | null, rows: Rows): Bits | null {
  if (!bits) return null;
  let out: Bits | null = null;
  for (let i = 0; i < rows.length; i++) if (getBit(bits, rows[i])) setBit((out ??= makeBits(rows.length)), i);
  return out;
}

/** The columns of those names, in that order; throws missing-column. */
export const selectColumns = (table: Table, names: readonly string[]): Table => ({ rows: table.rows, columns: names.map((name) => getColumn(table, name)) });

/** The table without those columns; unknown names are ignored. */
export function dropColumns(table: Table, names: readonly string[]): Table {
  const gone = new Set(names);
  return { rows: table.rows, columns: table.columns.filter((c) => !gone.has(c.name)) };
}

/** The table with `columns` put in: each replaces the column of its name, or is added at the end. */
export function putColumns(table: Table, columns: readonly Column[]): Table {
  const fresh = new Map(columns.map((c) => [c.name, c]));
  const kept = table.columns.map((c) => {
    const replacement = fresh.get(c.name);
    fresh.delete(c.name);
    return replacement ?? c;
  });
  return { rows: table.rows, columns: [...kept, ...fresh.values()] };
}
