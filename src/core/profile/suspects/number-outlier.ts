// Single numbers far off all others: beyond ten times the middle half of the values, few, and with a gap before them that
// is wider than all the rest. A long tail has no such gap.
import { getBit } from '../../base/bits.ts';
import { quantilesOf } from '../../base/order.ts';
import { isCodeName } from '../is-identifier.ts';
import { defineDetector } from './suspect.ts';

const FAR = 10;
const MOST_SHARE = 0.02;

export const numberOutlier = defineDetector({
  type: 'number-outlier',
  label: 'Far from all other numbers',
  help: 'Beyond ten times the middle half of the values, with a gap before it that is wider than all the rest.',
  async find({ table, context }, add) {
    for (let c = 0; c < table.columns.length; c++) {
      const column = table.columns[c];
      if (column.kind !== 'number' || isCodeName(column.name)) continue;
      if ((await context.breathe()) === 'stop') return;
      const present = new Float64Array(table.rows);
      let n = 0;
      for (let row = 0; row < table.rows; row++) if (!(column.missing && getBit(column.missing, row)) && Number.isFinite(column.values[row])) present[n++] = column.values[row];
      if (n < 50) continue;
      const [low, high] = quantilesOf(present.subarray(0, n), [0.25, 0.75]);
      const reach = FAR * (high - low);
      if (!(reach > 0)) continue;
      const far = present.subarray(0, n).filter((v) => v > high + reach || v < low - reach);
      if (!far.length || far.length > Math.max(1, MOST_SHARE * n)) continue;
      const inner = present.subarray(0, n).filter((v) => v <= high + reach && v >= low - reach).sort();
      const limits = [gapAbove(inner, far.filter((v) => v > high)), gapAbove(inner.map((v) => -v).reverse(), far.filter((v) => v < low).map((v) => -v))];
      if (!limits[0] && !limits[1]) continue;
      for (let row = 0; row < table.rows; row++) {
        const v = column.values[row];
        if ((column.missing && getBit(column.missing, row)) || !Number.isFinite(v)) continue;
        const limit = limits[0] && v > limits[0].last ? limits[0] : limits[1] && -v > limits[1].last ? limits[1] : null;
        if (limit) add(row, c, limit.widths > 3 ? 0.75 : 0.6, `far off: the gap before it is ${limit.widths.toFixed(1)} times as wide as all that lies ${limit === limits[0] ? 'below' : 'above'}`, null);
      }
    }
  },
});

/** Where values above the inner ones (ascending) leave a gap wider than all before it: the last value before, and the gap in such widths. */
function gapAbove(inner: Float64Array, far: Float64Array): { last: number; widths: number } | null {
  const sorted = far.slice().sort();
  let last = inner[inner.length - 1];
  for (const v of sorted) {
    const width = last - inner[0];
    if (v - last > width && width > 0) return { last, widths: (v - last) / width };
    last = v;
  }
  return null;
}
