// Rows with the same key that disagree in a few cells: a column that is nearly unique (90 % of the rows have a value of
// their own; numbers must be named like a key), rows that share a value and most other cells. With three and more rows the majority is the suggestion.
import type { Column } from '../../table/table.ts';
import { isKeyName } from '../is-identifier.ts';
import { groupsOf } from '../dependencies.ts';
import { asCodes } from './dependency.ts';
import { defineDetector } from './suspect.ts';

const LEAST_UNIQUE = 0.9;
const LEAST_ALIKE = 0.6;

const isKey = (column: Column): boolean => column.kind === 'category' || column.kind === 'text' || (column.kind === 'number' && isKeyName(column.name));

export const keyConflict = defineDetector({
  type: 'key-conflict',
  label: 'Rows of one key disagree',
  help: 'Two rows have the same key and agree in most columns, but not in this one.',
  async find({ table, coded, context }, add) {
    for (let k = 0; k < coded.length; k++) {
      const key = coded[k];
      if (!key || !isKey(key.column) || key.present < 20 || key.distinct === key.present || key.distinct < LEAST_UNIQUE * key.present) continue;
      if ((await context.breathe()) === 'stop') return;
      const { starts, order } = groupsOf(asCodes(key));
      for (let g = 0; g + 1 < starts.length; g++) {
        const rows = order.subarray(starts[g], starts[g + 1]);
        if (rows.length < 2 || rows.length > 20) continue;
        const parted = coded.flatMap((y, c) => (y && c !== k && !rows.every((row) => y.codes[row] === y.codes[rows[0]]) ? [c] : []));
        if (!parted.length || parted.length > (1 - LEAST_ALIKE) * (table.columns.length - 1)) continue;
        for (const c of parted) {
          const y = coded[c]!;
          const counts = new Map<number, number>();
          for (const row of rows) counts.set(y.codes[row], (counts.get(y.codes[row]) ?? 0) + 1);
          const [norm, most] = [...counts].sort((a, b) => b[1] - a[1])[0];
          const hasNorm = most > rows.length / 2 && norm >= 0;
          for (const row of rows) if (!hasNorm || y.codes[row] !== norm) add(row, c, hasNorm ? 0.7 : 0.35, `rows with the same "${key.column.name}" (${key.values[key.codes[row]].slice(0, 40)}) disagree here`, hasNorm ? y.values[norm] : null);
        }
      }
    }
  },
});
