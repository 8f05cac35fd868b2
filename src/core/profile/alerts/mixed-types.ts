// Mostly numbers or dates, with some words.
import { missingWord } from '../text/missing-words.ts';
import { dateOrderOf, readDate } from '../text/written-date.ts';
import { readWritten, writingOf } from '../text/written-number.ts';
import { secondForms } from '../second-forms.ts';
import { unitsOf } from '../units-of.ts';
import { defineAlert } from './alert.ts';
import { someValues } from './some-values.ts';
import { about, cleanFix, eachColumn, makeAlert, percent, quoted, share } from './say.ts';

export const mixedTypes = defineAlert<{ most: number }>({
  type: 'mixed-types',
  label: 'Mixed kinds',
  help: 'A column of numbers (or dates) that a few words turn into text. Read as numbers, the words become missing.',
  params: { most: share('At most', 'With a larger share of words it is a column of words (deepchecks: 10 %).', 0.1) },
  find: (facts, { most }) => eachColumn(facts, (held) => {
    if (!held.values || held.column.distinct < 5) return null;
    const values = someValues(held).filter((v) => missingWord(v.text) === null);
    const present = values.reduce((n, v) => n + v.count, 0);
    const { writing, rows } = writingOf(values);
    const dates = rows < (1 - most) * present ? dateOrderOf(values) : null;
    const fitting = dates ? dates.rows : rows;
    if (present < 20 || fitting < (1 - most) * present || fitting === present || unitsOf(values)) return null;
    const words = values.filter((v) => (dates ? readDate(v.text, dates.order) === null : readWritten(v.text, writing) === null));
    if (secondForms(words, present).size) return null;
    const what = dates ? 'dates' : 'numbers';
    const fix = cleanFix(`Read as ${what}; the words become missing`, 'retype', [held.column.name], { kind: dates ? 'time' : 'number', decimal: writing.decimal, thousands: writing.thousands, dates: dates?.order ?? 'ymd' });
    return makeAlert('mixed-types', 'watch', held.column.name, `"${held.column.name}" holds ${what}, but for ${about(held)}${present - fitting} values such as ${quoted(words.map((w) => w.text))}`, `${percent(1 - fitting / present)} of the values, threshold ${percent(most)}`, present - fitting, dates?.isOpen ? null : fix);
  }),
});
