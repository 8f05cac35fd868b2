// Counts over the numbers of a column that only some alerts need: its most frequent values, and the rows beyond limits.
// Where the column is a sample of the rows (a file larger than memory), counts are brought up to all rows.
import { getBit } from '../../base/bits.ts';
import { columnRows } from '../../table/build.ts';
import type { ColumnFacts } from '../profile-column.ts';

const LOOKED_AT = 10_000;
const MOST_MODES = 4;

/** At most 4, the most frequent first; ties by value. Rows are estimated from 10,000 of them. */
export function modesOf({ column, source }: ColumnFacts): { value: number; rows: number }[] {
  if (source.kind === 'category' || source.kind === 'text') return [];
  const { values, missing } = source;
  const step = Math.max(1, values.length / LOOKED_AT);
  const seen = new Float64Array(Math.min(values.length, LOOKED_AT));
  let n = 0;
  for (let k = 0; k < seen.length; k++) {
    const row = Math.floor(k * step);
    if (Number.isFinite(values[row]) && !(missing && getBit(missing, row))) seen[n++] = values[row];
  }
  const sorted = seen.subarray(0, n).sort();
  const runs: { value: number; rows: number }[] = [];
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to++;
    if (to - from > 1 || runs.length < MOST_MODES) runs.push({ value: sorted[from], rows: to - from });
    from = to;
  }
  const top = runs.sort((a, b) => b.rows - a.rows || a.value - b.value).slice(0, MOST_MODES);
  const scale = column.rows / Math.max(1, seen.length);
  return top.map(({ value, rows }) => ({ value, rows: Math.round(rows * scale) }));
}

/** Rows that have exactly this number. */
export function rowsWith({ column, source }: ColumnFacts, value: number): number {
  if (source.kind === 'category' || source.kind === 'text') return 0;
  const { values, missing } = source;
  let rows = 0;
  for (let row = 0; row < values.length; row++) if (values[row] === value && !(missing && getBit(missing, row))) rows++;
  return Math.round((rows * column.rows) / columnRows(source));
}

/** Rows whose number is below `low` or above `high`. */
export function rowsBeyond({ column, source }: ColumnFacts, low: number, high: number): number {
  if (source.kind === 'category' || source.kind === 'text') return 0;
  const { values, missing } = source;
  let rows = 0;
  for (let row = 0; row < values.length; row++) {
    const v = values[row];
    if ((v < low || v > high) && Number.isFinite(v) && !(missing && getBit(missing, row))) rows++;
  }
  return Math.round((rows * column.rows) / columnRows(source));
}
