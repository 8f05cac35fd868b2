// Which number columns are exactly the sum of two others, in every sample row that has all three values.
// A total given away by its parts (or a part by its total) is a leak that no pair of columns shows: bike rentals are
// casual + registered. Exact up to double rounding; columns with fewer than 3 distinct values and short tables are left out.
import { getBit } from '../base/bits.ts';
import type { NumberColumn, Rows } from '../table/table.ts';
import type { Sum } from './profile.ts';

const FEWEST_ROWS = 20;
const MOST_SUMS = 50;
/** Rows that rule out nearly every triple before all rows are read. */
const PROBES = 12;

/** At most 50, in the order of the columns. `columns`: number columns with at least 3 distinct values. */
export function sumsOf(columns: readonly NumberColumn[], rows: Rows): Sum[] {
  if (rows.length < FEWEST_ROWS) return [];
  const probes = Int32Array.from({ length: PROBES }, (_, k) => rows[Math.floor(((k + 0.5) * rows.length) / PROBES)]);
  const found: Sum[] = [];
  for (const total of columns) {
    for (let i = 0; i < columns.length; i++) {
      for (let j = i + 1; j < columns.length; j++) {
        const [a, b] = [columns[i], columns[j]];
        if (a === total || b === total) continue;
        if (agreeing(total, a, b, probes) < 0 || agreeing(total, a, b, rows) < FEWEST_ROWS) continue;
        found.push({ total: total.name, a: a.name, b: b.name });
        if (found.length === MOST_SUMS) return found;
      }
    }
  }
  return found;
}

/** Rows where all three are present and both parts count; -1 as soon as one row disagrees. */
function agreeing(total: NumberColumn, a: NumberColumn, b: NumberColumn, rows: Rows): number {
  let busy = 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    const [t, x, y] = [valueAt(total, row), valueAt(a, row), valueAt(b, row)];
    if (!Number.isFinite(t + x + y)) continue;
    if (Math.abs(t - x - y) > 1e-9 * (Math.abs(x) + Math.abs(y))) return -1;
    if (x !== 0 && y !== 0) busy++;
  }
  return busy;
}

const valueAt = (column: NumberColumn, row: number): number => (column.missing && getBit(column.missing, row) ? NaN : column.values[row]);
