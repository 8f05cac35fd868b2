// Cells whose unit is not written as in the rest of the column. With one way of writing as the norm, the others are wrong;
// where no way is the norm (several spellings, or a part without), none of the spelled-out cells can stay as it is.
import { missingWord } from '../text/missing-words.ts';
import { readWritten } from '../text/written-number.ts';
import { splitUnit } from '../text/written-unit.ts';
import { isOneUnit, percentScale, unitsOf } from '../units-of.ts';
import { isString, rowsOf } from './coded-column.ts';
import { defineDetector } from './suspect.ts';

export const unitCells = defineDetector({
  type: 'unit',
  label: 'Unit written differently',
  help: 'A number with a unit in a column of bare numbers, or a unit in several spellings.',
  async find({ coded }, add) {
    coded.forEach((column, c) => {
      if (!column || !isString(column.column)) return;
      const units = unitsOf(column.values.flatMap((text, code) => (column.counts[code] ? [{ text, count: column.counts[code] }] : [])));
      if (!units?.isMixed) return;
      const scale = percentScale(units);
      const ways = units.spellings.slice(0, 3).map((s) => `"${s.unit}" in ${s.rows}`).join(', ');
      const reason = units.bare ? `the unit is written ${ways} rows, and ${units.bare} rows have none` : `the unit is written ${ways} rows`;
      const found = new Map<number, string | null>();
      column.values.forEach((text, code) => {
        const parts = column.counts[code] && missingWord(text) === null ? splitUnit(text) : null;
        const value = parts ? readWritten(parts.number, units.writing) : null;
        if (parts && units.spellings.some((s) => s.unit === parts.unit)) found.set(code, value === null || !isOneUnit(units) ? null : String(parts.unit.includes('%') ? Number((value * scale).toPrecision(12)) : value));
      });
      rowsOf(column, found, (row, suggestion) => add(row, c, 0.9, reason, suggestion));
    });
  },
});
