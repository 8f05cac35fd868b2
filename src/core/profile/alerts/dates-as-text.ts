// All values are dates, but the column is one of strings: often because the order of day and month is open.
import { missingWord } from '../text/missing-words.ts';
import { dateOrderOf } from '../text/written-date.ts';
import { defineAlert } from './alert.ts';
import { rowsOf, someValues } from './some-values.ts';
import { cleanFix, eachColumn, makeAlert, quoted, share } from './say.ts';

const WORDS = { ymd: 'year first', dmy: 'day first', mdy: 'month first' };

export const datesAsText = defineAlert<{ least: number }>({
  type: 'dates-as-text',
  label: 'Dates stored as text',
  help: 'Dates that were not read as such. Where no value tells day from month, say which comes first; nobody should guess.',
  params: { least: share('Least', 'Share of values that must be dates.', 0.99) },
  find: (facts, { least }) => eachColumn(facts, (held) => {
    if (!held.values || held.column.distinct < 2) return null;
    const values = someValues(held).filter((v) => missingWord(v.text) === null);
    const present = rowsOf(values);
    const found = present >= 5 ? dateOrderOf(values) : null;
    if (!found || found.rows < least * present) return null;
    const { name } = held.column;
    const fix = cleanFix(`Read as dates, ${WORDS[found.order]}`, 'retype', [name], { kind: 'time', decimal: '.', thousands: '', dates: found.order });
    return makeAlert('dates-as-text', 'watch', name, `"${name}" holds dates stored as text, such as ${quoted(values.map((v) => v.text))}${found.isOpen ? '; no value tells whether day or month comes first' : ''}`, found.isOpen ? 'all values are dates in either order' : `${found.rows} of ${present} values are dates, ${WORDS[found.order]}`, found.rows, found.isOpen ? null : fix);
  }),
});
