// A column's values as small whole numbers: equal values, equal codes; missing is -1. What uniqueness, sets and shares count with.
import { getBit } from '../base/bits.ts';
import { cellText } from '../table/cell.ts';
import type { Column } from '../table/table.ts';
import { shortTime } from './cell-tests.ts';

export type Codes = { codes: Int32Array; count: number; /** The value of a code as text: numbers plain, times without empty hours. */ textOf(code: number): string };

export function codesOf(column: Column, rows: number): Codes {
  const codes = new Int32Array(rows).fill(-1);
  const index = new Map<string | number, number>();
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) continue;
    const value = column.kind === 'category' ? column.codes[i] : column.kind === 'text' ? cellText(column, i)! : column.values[i];
    let code = index.get(value);
    if (code === undefined) index.set(value, (code = index.size));
    codes[i] = code;
  }
  const values = [...index.keys()];
  const textOf = (code: number): string => {
    const value = values[code];
    if (column.kind === 'category') return column.levels[value as number];
    return column.kind === 'time' ? shortTime(value as number) : column.kind === 'boolean' ? (value ? 'true' : 'false') : String(value);
  };
  return { codes, count: values.length, textOf };
}

/** One code per different combination; -1 where any column is missing. */
export function codesTogether(columns: readonly Codes[], rows: number): Int32Array {
  const out = new Int32Array(rows);
  for (const { codes, count } of columns) {
    const index = new Map<number, number>();
    for (let i = 0; i < rows; i++) {
      if (out[i] < 0 || codes[i] < 0) {
        out[i] = -1;
        continue;
      }
      const key = out[i] * count + codes[i];
      let code = index.get(key);
      if (code === undefined) index.set(key, (code = index.size));
      out[i] = code;
    }
  }
  return out;
}

/** How often each code occurs. */
export function countCodes({ codes, count }: Pick<Codes, 'codes' | 'count'>): Uint32Array {
  const counts = new Uint32Array(count);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) counts[codes[i]]++;
  return counts;
}
