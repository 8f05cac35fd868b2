// One row of each set of rows that agree in some columns: the first or the last, in the order of the table.
import type { Column, Rows } from '../table.ts';
import { rowIds } from './row-ids.ts';

export function distinctRows(columns: readonly Column[], rows: number, keep: 'first' | 'last' = 'first'): Rows {
  const { ids, count, first } = rowIds(columns, rows);
  if (keep === 'first') return first;
  const last = new Int32Array(count);
  for (let i = 0; i < rows; i++) last[ids[i]] = i;
  return last.sort();
}
