// Values that are another value of their column but for case, blanks or accents; the most frequent spelling is the norm.
import { spellingKey } from '../spelling-key.ts';
import { isString, rowsOf } from './coded-column.ts';
import { defineDetector } from './suspect.ts';

export const spelling = defineDetector({
  type: 'spelling',
  label: 'Spelled in another way',
  help: 'The same value stands in the column with other case, blanks or accents, and more often.',
  async find({ coded, context }, add) {
    for (let c = 0; c < coded.length; c++) {
      const column = coded[c];
      if (!column || !isString(column.column) || column.distinct > 50_000) continue;
      if ((await context.breathe()) === 'stop') return;
      const norms = new Map<string, number>();
      const keys = column.values.map((text, code) => (column.counts[code] ? spellingKey(text) : null));
      keys.forEach((key, code) => {
        const held = key === null ? undefined : norms.get(key);
        if (key !== null && (held === undefined || column.counts[code] > column.counts[held])) norms.set(key, code);
      });
      const found = new Map<number, number>();
      keys.forEach((key, code) => {
        const norm = key === null ? undefined : norms.get(key);
        if (norm !== undefined && norm !== code) found.set(code, norm);
      });
      rowsOf(column, found, (row, norm) => add(row, c, column.counts[norm] >= 2 * column.counts[column.codes[row]] ? 0.85 : 0.6, `the same as "${column.values[norm].slice(0, 60)}", which stands in ${column.counts[norm]} rows`, column.values[norm]));
    }
  },
});
