// Cells that say "missing" in a way of their own: words for it in a column of strings, a far-off recurring end of the range
// (-999) in a column of numbers, and stand-in dates. The suggestion is '' = missing.
import { missingWord } from '../text/missing-words.ts';
import { sentinelsOf } from '../sentinels-of.ts';
import { getBit } from '../../base/bits.ts';
import { rowsOf } from './coded-column.ts';
import { defineDetector } from './suspect.ts';

export const disguisedMissing = defineDetector({
  type: 'disguised-missing',
  label: 'Stands for "missing"',
  help: 'A word for no value ("n/a", "-"), a code such as -999 far from all other values, or a date such as 1900-01-01.',
  async find({ table, coded }, add) {
    table.columns.forEach((column, c) => {
      const held = coded[c];
      if (column.kind === 'category' || column.kind === 'text') {
        if (!held) return;
        const found = new Map<number, number>();
        held.values.forEach((text, code) => {
          const kind = held.counts[code] ? missingWord(text) : null;
          if (kind && held.counts[code] < 0.9 * held.present) found.set(code, kind === 'plain' ? 0.9 : 0.35);
        });
        rowsOf(held, found, (row, certainty) => add(row, c, certainty, 'reads like a word for "no value"', ''));
        return;
      }
      if (column.kind === 'boolean') return;
      const sentinels = sentinelsOf(column);
      if (!sentinels.length) return;
      for (let row = 0; row < table.rows; row++) {
        if (column.missing && getBit(column.missing, row)) continue;
        const s = sentinels.find((x) => x.value === column.values[row]);
        if (s) add(row, c, s.certainty, s.reason, '');
      }
    });
  },
});
