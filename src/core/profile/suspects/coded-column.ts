// A column as codes of its distinct values: what detectors compare, whatever the column's kind.
// Values keep the text of cell.ts, so that a suggestion can be read back. Linear in rows.
import { getBit } from '../../base/bits.ts';
import { cellText } from '../../table/cell.ts';
import { columnRows } from '../../table/build.ts';
import type { Column } from '../../table/table.ts';

export interface CodedColumn {
  readonly column: Column;
  /** Index into values, -1 = missing. */
  readonly codes: Int32Array;
  readonly values: readonly string[];
  /** Rows with each value. */
  readonly counts: Uint32Array;
  readonly present: number;
  /** Values that occur. */
  readonly distinct: number;
}

const MOST_TEXT_ROWS = 300_000;
const MOST_NUMBERS = 20_000;

/** Null for long texts of very many rows and for numbers of more than 20,000 values. */
export function codedColumn(column: Column): CodedColumn | null {
  const rows = columnRows(column);
  if (column.kind === 'category') return finish(column, codesOf(column.codes, column.missing), column.levels);
  if (column.kind === 'text' && rows > MOST_TEXT_ROWS) return null;
  const index = new Map<string | number, number>();
  const values: string[] = [];
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const isNumber = column.kind !== 'text';
    if ((column.missing && getBit(column.missing, row)) || (isNumber && !Number.isFinite(column.values[row]))) {
      codes[row] = -1;
      continue;
    }
    const key = isNumber ? column.values[row] : cellText(column, row)!;
    let code = index.get(key);
    if (code === undefined) {
      code = values.length;
      if (isNumber && code >= MOST_NUMBERS) return null;
      index.set(key, code);
      values.push(cellText(column, row)!);
    }
    codes[row] = code;
  }
  return finish(column, codes, values);
}

function codesOf(codes: Int32Array, missing: Uint8Array | null): Int32Array {
  return missing ? codes.map((code, row) => (getBit(missing, row) ? -1 : code)) : codes;
}

function finish(column: Column, codes: Int32Array, values: readonly string[]): CodedColumn {
  const counts = new Uint32Array(values.length);
  let present = 0;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0) continue;
    counts[codes[row]]++;
    present++;
  }
  return { column, codes, values, counts, present, distinct: counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0) };
}

/** The same values with other codes. */
export const recount = (column: CodedColumn, codes: Int32Array): CodedColumn => finish(column.column, codes, column.values);

/** Calls `visit` for every row that has one of the values for which `isChosen` gives something. */
export function rowsOf<T>(coded: CodedColumn, found: ReadonlyMap<number, T>, visit: (row: number, what: T) => void): void {
  if (!found.size) return;
  for (let row = 0; row < coded.codes.length; row++) {
    const what = found.get(coded.codes[row]);
    if (what !== undefined) visit(row, what);
  }
}

/** True for columns of strings. */
export const isString = (column: Column): boolean => column.kind === 'category' || column.kind === 'text';
