// Single numbers far off all others: beyond ten times the middle half of the values, few, and with a gap before them that
// is wider than all the rest. A long tail has no such gap.
import { getBit } from '../../base/bits.ts';
import { quantilesOf } from '../../base/order.ts';
import { defineDetector } from './suspect.ts';

const FAR = 10;
const MOST_SHARE = 0.005;

export const numberOutlier = defineDetector({
  type: 'number-outlier',
  label: 'Far from all other numbers',
  help: 'Beyond ten times the middle half of the values, with a wide gap before it.',
  async find({ table, context }, add) {
    for (let c = 0; c < table.columns.length; c++) {
      const column = table.columns[c];
      if (column.kind !== 'number') continue;
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
      let least = Infinity;
      let most = -Infinity;
      for (let i = 0; i < n; i++) {
        const v = present[i];
        if (v > high + reach || v < low - reach) continue;
        if (v < least) least = v;
        if (v > most) most = v;
      }
      const width = most - least;
      for (let row = 0; row < table.rows; row++) {
        const v = column.values[row];
        if ((column.missing && getBit(column.missing, row)) || !Number.isFinite(v) || (v <= high + reach && v >= low - reach)) continue;
        const gap = v > most ? v - most : least - v;
        add(row, c, gap > 3 * width ? 0.7 : gap > width ? 0.5 : 0.3, `all but ${far.length} values lie between ${least} and ${most}`, null);
      }
    }
  },
});
