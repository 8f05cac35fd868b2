// Cells as text by code: each distinct cell is one string, so what works on text works once for each spelling.
// In: any column. Out: codes into texts (a category's own levels; otherwise in order of first appearance), and back.
// Times are written in the shortest of the three forms that holds them, cell by cell, so that a row alone reads the same.
import { getBit, type Bits } from '../base/bits.ts';
import { timeText } from './cell.ts';
import { columnRows, makeCategory } from './build.ts';
import type { CategoryColumn, Column, TextColumn } from './table.ts';

/** A category column's parts; codes of missing rows are 0 and mean nothing. */
export type Texts = { codes: Int32Array; levels: readonly string[]; missing: Bits | null };

/** The cells of any column as text. */
export function textsOfColumn(column: Column): Texts {
  const { missing } = column;
  if (column.kind === 'category') return { codes: column.codes, levels: column.levels, missing };
  if (column.kind === 'boolean') return { codes: Int32Array.from(column.values), levels: ['false', 'true'], missing };
  const rows = columnRows(column);
  const codes = new Int32Array(rows);
  const levels: string[] = [];
  const index = new Map<string | number, number>();
  const decode = column.kind === 'text' ? textReader(column) : null;
  for (let i = 0; i < rows; i++) {
    if (missing && getBit(missing, i)) continue;
    const key = decode ? decode(i) : (column as { values: ArrayLike<number> }).values[i];
    let code = index.get(key);
    if (code === undefined) {
      index.set(key, (code = levels.length));
      levels.push(typeof key === 'string' ? key : column.kind === 'time' ? shortTime(key) : String(key));
    }
    codes[i] = code;
  }
  return { codes, levels, missing };
}

/** Reads one cell of a text column, missing or not; short ASCII cells without a decoder's overhead. */
export function textReader(column: TextColumn): (row: number) => string {
  const { bytes, offsets } = column;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (row) => {
    const start = offsets[row];
    const end = offsets[row + 1];
    if (end - start > 24) return decoder.decode(bytes.subarray(start, end));
    let text = '';
    for (let k = start; k < end; k++) {
      if (bytes[k] > 127) return decoder.decode(bytes.subarray(start, end));
      text += String.fromCharCode(bytes[k]);
    }
    return text;
  };
}

/** A category column of those texts: levels that are equal become one, those no row has go, order of first appearance. */
export function categoryOfTexts(name: string, { codes, levels, missing }: Texts): CategoryColumn {
  const rows = codes.length;
  const byCode = new Int32Array(levels.length).fill(-1);
  const index = new Map<string, number>();
  const out = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    if (missing && getBit(missing, i)) continue;
    const code = codes[i];
    let made = byCode[code];
    if (made < 0) {
      made = index.get(levels[code]) ?? index.size;
      index.set(levels[code], made);
      byCode[code] = made;
    }
    out[i] = made;
  }
  return makeCategory(name, out, [...index.keys()], missing);
}

/** ISO 8601 in UTC: the day alone at midnight, else to the second, else to the millisecond. */
export const shortTime = (ms: number): string => timeText(ms, ms % 86400000 === 0 ? 'day' : ms % 1000 === 0 ? 'second' : 'ms');
/** The coarsest unit that writes all those times in full. */
export function unitOfTimes(values: Float64Array, missing: Bits | null): 'day' | 'second' | 'ms' {
  let unit: 'day' | 'second' = 'day';
  for (let i = 0; i < values.length; i++) {
    if (missing && getBit(missing, i)) continue;
    if (unit === 'day' && values[i] % 86400000 !== 0) unit = 'second';
    if (values[i] % 1000 !== 0) return 'ms';
  }
  return unit;
}
