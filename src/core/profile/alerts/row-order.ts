// Neighbouring rows are alike: the table stands in some order (time, class, place), so rows are not independent draws.
// Measured by the correlation of each number with that of the next row, in blocks of neighbouring rows.
import { getBit } from '../../base/bits.ts';
import { isIdentifier } from '../is-identifier.ts';
import type { Column } from '../../table/table.ts';
import { defineAlert } from './alert.ts';
import { makeAlert, quoted, share } from './say.ts';

const BLOCKS = 20;
const BLOCK_ROWS = 250;

export const rowOrder = defineAlert<{ alike: number }>({
  type: 'row-order',
  label: 'Rows stand in an order',
  help: 'Neighbours are alike, so a random split puts near-copies of test rows into train. Split by time, or by what groups them.',
  params: { alike: share('Alike', 'Correlation of neighbouring rows from which it is said.', 0.5) },
  find({ columns, rows }, { alike }) {
    if (rows < 100) return [];
    const found = columns.flatMap(({ column, source }) => {
      if (column.kind !== 'number' || column.distinct <= 10 || column.ascending || isIdentifier(column)) return [];
      const r = neighbourCorrelation(source);
      return r > alike ? [{ name: column.name, r }] : [];
    });
    if (!found.length) return [];
    found.sort((a, b) => b.r - a.r);
    return [makeAlert('row-order', 'info', null, `the rows stand in an order: neighbours are alike in ${quoted(found.map((f) => f.name))}${found.length > 3 ? ` and ${found.length - 3} more` : ''}; split by time or by groups rather than at random`, `correlation with the next row ${found[0].r.toFixed(2)}, threshold ${alike}`, null)];
  },
});

function neighbourCorrelation(column: Column): number {
  if (column.kind !== 'number') return 0;
  const { values, missing } = column;
  const n = values.length;
  const blocks = n <= BLOCKS * BLOCK_ROWS ? [[0, n]] : Array.from({ length: BLOCKS }, (_, b) => [Math.floor((b * (n - BLOCK_ROWS)) / (BLOCKS - 1)), Math.floor((b * (n - BLOCK_ROWS)) / (BLOCKS - 1)) + BLOCK_ROWS]);
  let [pairs, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (const [from, to] of blocks) {
    for (let i = from; i + 1 < to; i++) {
      if (missing && (getBit(missing, i) || getBit(missing, i + 1))) continue;
      const [x, y] = [values[i] - values[0], values[i + 1] - values[0]];
      if (!Number.isFinite(x + y)) continue;
      pairs++;
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
  }
  const spread = Math.sqrt((aa - (a * a) / pairs) * (bb - (b * b) / pairs));
  return pairs > 50 && spread > 0 ? (ab - (a * b) / pairs) / spread : 0;
}
