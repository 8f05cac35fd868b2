// Raw rows that an exported model must predict alike wherever it runs: up to 14 held-out rows as plain objects, then
// the same first row with every value missing, and with every category unseen, where exports go wrong first.
import { cellValue } from '../table/cell.ts';
import type { Rows, Table } from '../table/table.ts';

export type RawRow = { readonly [column: string]: string | number | boolean | null };

/** `table` holds the recipe's input columns; `rows` are the held-out ones. */
export function goldenRows(table: Table, rows: Rows): RawRow[] {
  const stride = Math.max(1, Math.floor(rows.length / 14));
  const picked: RawRow[] = [];
  for (let i = 0; i < rows.length && picked.length < 14; i += stride) picked.push(rawRow(table, rows[i]));
  if (!picked.length) return [];
  const missing = Object.fromEntries(table.columns.map((c) => [c.name, null]));
  const unseen = Object.fromEntries(table.columns.map((c) => [c.name, c.kind === 'category' || c.kind === 'text' ? 'a level never seen in training' : picked[0][c.name]]));
  return [...picked, missing, unseen];
}

/** One row as a plain object of JSON values. */
export const rawRow = (table: Table, row: number): RawRow => Object.fromEntries(table.columns.map((c) => [c.name, cellValue(c, row)]));
