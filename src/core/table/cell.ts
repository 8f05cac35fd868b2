// One cell as text for the eye or as a plain value for a form; null = missing.
// Times print in UTC as ISO 8601 to the column's unit, so that reading the text back gives the value.
import { getBit } from '../base/bits.ts';
import type { Column } from './table.ts';

const decoder = new TextDecoder();

export const isMissing = (column: Column, row: number): boolean => column.missing !== null && getBit(column.missing, row);

/** The cell as text, or null when missing. */
export function cellText(column: Column, row: number): string | null {
  if (isMissing(column, row)) return null;
  switch (column.kind) {
    case 'number':
      return String(column.values[row]);
    case 'boolean':
      return column.values[row] ? 'true' : 'false';
    case 'category':
      return column.levels[column.codes[row]];
    case 'time':
      return timeText(column.values[row], column.unit);
    case 'text':
      return decoder.decode(column.bytes.subarray(column.offsets[row], column.offsets[row + 1]));
  }
}

/** The cell as a JSON value: numbers and booleans as such, times and categories as text; null when missing. */
export function cellValue(column: Column, row: number): string | number | boolean | null {
  if (isMissing(column, row)) return null;
  if (column.kind === 'number') return column.values[row];
  if (column.kind === 'boolean') return column.values[row] === 1;
  return cellText(column, row);
}

/** Milliseconds since 1970 as ISO 8601 UTC text, to that unit. */
export function timeText(ms: number, unit: 'day' | 'second' | 'ms'): string {
  if (!(Math.abs(ms) <= 8.64e15)) return String(ms);
  const iso = new Date(ms).toISOString();
  return unit === 'day' ? iso.slice(0, -14) : unit === 'second' ? iso.slice(0, -5).replace('T', ' ') : iso.slice(0, -1).replace('T', ' ');
}
