// All values are numbers, but the column is one of strings.
import { isIdentifier } from '../is-identifier.ts';
import { missingWord } from '../text/missing-words.ts';
import { hasLeadingZeros, writingOf } from '../text/written-number.ts';
import { defineAlert } from './alert.ts';
import { rowsOf, someValues } from './some-values.ts';
import { cleanFix, eachColumn, makeAlert, quoted } from './say.ts';

export const numbersAsText = defineAlert({
  type: 'numbers-as-text',
  label: 'Numbers stored as text',
  help: 'Numbers that were quoted or written with marks. As strings they have no order and no mean. Codes with leading zeros are left alone.',
  params: {},
  find: (facts) => eachColumn(facts, (held) => {
    if (!held.values || held.column.distinct < 3) return null;
    const values = someValues(held).filter((v) => missingWord(v.text) === null);
    const present = rowsOf(values);
    if (present < 5 || values.some((v) => hasLeadingZeros(v.text))) return null;
    const { writing, rows } = writingOf(values);
    if (rows < present || (isIdentifier(held.column) && values.every((v) => /^\d{6,}$/.test(v.text)))) return null;
    return makeAlert('numbers-as-text', 'watch', held.column.name, `"${held.column.name}" holds numbers stored as text, such as ${quoted(values.map((v) => v.text))}`, 'every value is a number', rows, cleanFix('Read as numbers', 'retype', [held.column.name], { kind: 'number', decimal: writing.decimal, thousands: writing.thousands, dates: 'ymd' }));
  }),
});
