// Texts much longer or shorter than the rest of their column.
import { defineAlert } from './alert.ts';
import { rowsOf, someValues } from './some-values.ts';
import { about, amount, eachColumn, makeAlert, quoted, share } from './say.ts';

export const lengthOutliers = defineAlert<{ factor: number; most: number }>({
  type: 'length-outliers',
  label: 'Odd lengths',
  help: 'A value far longer than the rest: two cells run together, a note in the wrong place, a cut or shifted line.',
  params: { factor: amount('Factor', 'Interquartile ranges beyond the quartiles of the length.', 6, 1, 1000), most: share('At most', 'With a larger share, lengths simply vary.', 0.01) },
  find: (facts, { factor, most }) => eachColumn(facts, (held) => {
    if (!held.values || held.column.distinct < 10) return null;
    const sized = someValues(held).map((v) => ({ ...v, size: v.text.length })).sort((a, b) => a.size - b.size);
    const rows = rowsOf(sized);
    const at = (part: number): number => {
      let seen = 0;
      for (const v of sized) if ((seen += v.count) >= part * rows) return v.size;
      return sized[sized.length - 1].size;
    };
    const [q1, q3] = [at(0.25), at(0.75)];
    const reach = factor * Math.max(2, q3 - q1);
    const found = sized.filter((v) => v.size > q3 + reach || v.size < q1 - reach);
    const odd = rowsOf(found);
    if (!odd || rows < 30 || odd > most * rows) return null;
    const { name } = held.column;
    const far = found[found.length - 1];
    return makeAlert('length-outliers', 'info', name, `"${name}" has ${about(held)}${odd} values of an odd length, such as ${quoted([far.text])} with ${far.size} characters`, `half of the values have ${q1} to ${q3} characters`, odd);
  }),
});
