// Words in a column of numbers, and texts that are no date in a column of dates: nearly all values have the kind, this one
// has not. Missing words are left to the detector of disguised missing values, units to that of units.
import { missingWord } from '../text/missing-words.ts';
import { readWritten, writingOf } from '../text/written-number.ts';
import { textShape } from '../text/text-shape.ts';
import { dateOrderOf, readDate } from '../text/written-date.ts';
import { secondForms } from '../second-forms.ts';
import { unitsOf } from '../units-of.ts';
import { isString, rowsOf } from './coded-column.ts';
import { defineDetector } from './suspect.ts';

const LEAST = 0.9;

export const mixedType = defineDetector({
  type: 'mixed-type',
  label: 'Not of the kind of the rest',
  help: 'At least nine in ten values of the column are numbers (or dates), and this one is not.',
  async find({ coded }, add) {
    coded.forEach((column, c) => {
      if (!column || !isString(column.column)) return;
      const values = column.values.flatMap((text, code) => (column.counts[code] && missingWord(text) === null ? [{ text, code, count: column.counts[code] }] : []));
      const present = values.reduce((n, v) => n + v.count, 0);
      if (present < 20) return;
      const { writing, rows } = writingOf(values);
      const dates = rows >= LEAST * present ? null : dateOrderOf(values);
      const isDate = dates !== null && dates.rows >= LEAST * present;
      if ((rows < LEAST * present && !isDate) || unitsOf(values)) return;
      const fits = (text: string): boolean => (isDate ? readDate(text, dates.order) !== null : readWritten(text, writing) !== null);
      const others = values.filter((v) => !fits(v.text));
      const forms = secondForms(others, present);
      const found = new Map(others.filter((v) => !forms.has(textShape(v.text))).map((v) => [v.code, true] as const));
      const share = isDate ? dates.rows : rows;
      if (found.size) rowsOf(column, found, (row) => add(row, c, share > 0.95 * present ? 0.9 : 0.8, `not a ${isDate ? 'date' : 'number'}, as ${Math.floor((1000 * share) / present) / 10} % of the column are`, null));
    });
  },
});
