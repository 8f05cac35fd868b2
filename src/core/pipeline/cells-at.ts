// Cells of one column at chosen rows, to colour a picture by: numbers, or codes into the most frequent levels among them.
import { cellText, isMissing } from '../table/cell.ts';
import type { Column, Rows } from '../table/table.ts';

/** `values`: null = missing; milliseconds since 1970 for a time. `codes`: -1 = missing; where there are more than 8 levels, the last of `levels` stands for the others. */
export type CellsAt = { kind: 'number'; column: string; values: (number | null)[]; time: boolean } | { kind: 'level'; column: string; levels: string[]; codes: number[] };

const mostLevels = 8;

/** `rows`: at most some thousands, each within the column. Levels are named by frequency, the first of equals by code unit. */
export function cellsAt(column: Column, rows: Rows): CellsAt {
  if (column.kind === 'number' || column.kind === 'time') {
    const { values } = column;
    return { kind: 'number', column: column.name, values: Array.from(rows, (row) => (isMissing(column, row) || !Number.isFinite(values[row]) ? null : values[row])), time: column.kind === 'time' };
  }
  const texts = Array.from(rows, (row) => cellText(column, row));
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  const order = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([text]) => text);
  const own = order.length <= mostLevels ? order : order.slice(0, mostLevels - 1);
  const place = new Map(own.map((level, k) => [level, k]));
  const levels = order.length > own.length ? [...own, `${order.length - own.length} others`] : own;
  return { kind: 'level', column: column.name, levels, codes: texts.map((text) => (text === null ? -1 : (place.get(text) ?? own.length))) };
}
