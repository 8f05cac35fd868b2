// A few rows of a table or a matrix as text for the eye: what crosses to the main thread instead of the table.
import { cellText } from '../table/cell.ts';
import type { Matrix } from '../table/matrix.ts';
import type { Table } from '../table/table.ts';

/** cells[c][r] is column c of row from + r; null = missing. */
export type TablePage = { from: number; rows: number; columns: string[]; cells: (string | null)[][] };
export const maxPageRows = 200;

/** At most 200 rows from `from` on, fewer at the end. */
export function tablePage(table: Table, from: number, count: number): TablePage {
  const start = clamp(from, table.rows);
  const rows = Math.min(clamp(count, maxPageRows), table.rows - start);
  return { from: start, rows, columns: table.columns.map((c) => c.name), cells: table.columns.map((column) => Array.from({ length: rows }, (_, r) => cellText(column, start + r))) };
}

/** The first rows of a matrix, numbers to at most 6 digits. */
export function matrixPage(matrix: Matrix, count: number): TablePage {
  const rows = Math.min(clamp(count, maxPageRows), matrix.rows);
  return { from: 0, rows, columns: matrix.features.map((f) => f.name), cells: matrix.data.map((values) => Array.from(values.subarray(0, rows), (v) => (v !== v ? null : String(Number(v.toPrecision(6)))))) };
}

const clamp = (value: number, limit: number): number => Math.max(0, Math.min(limit, Math.floor(value) || 0));
