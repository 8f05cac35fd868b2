// One value in the midst of a fine-grained column that far too many rows have: a default, or what someone filled gaps with.
import { defineAlert } from './alert.ts';
import { modesOf, rowsWith } from './modes-of.ts';
import { amount, eachColumn, eitherFix, makeAlert, percent, share } from './say.ts';

export const inliers = defineAlert<{ least: number; excess: number }>({
  type: 'inliers',
  label: 'Excess of one value',
  help: 'A value inside the range that is many times as frequent as any other: often a default or a filled-in mean.',
  params: { least: share('Least', 'Share of rows that must have it.', 0.02), excess: amount('Excess', 'How many times as frequent as the next value.', 8, 1.5, 1e6) },
  find: (facts, { least, excess }) => eachColumn(facts, (held, present) => {
    const { column, sentinels } = held;
    const { number, name } = column;
    if (column.kind !== 'number' || !number || column.distinct < 100) return null;
    const [top, next] = modesOf(held).filter((m) => m.value !== 0 && !sentinels.some((s) => s.value === m.value));
    if (!top || !next || top.value === number.min || top.value === number.max || top.rows < least * present || top.rows < excess * next.rows) return null;
    const values = String(top.value);
    const rows = rowsWith(held, top.value);
    return makeAlert('inliers', 'info', name, `"${name}" is exactly ${top.value} in ${percent(rows / present)} of rows; it may be a default or a filled-in value`, `${rows} rows, the next value has about ${next.rows}`, rows, eitherFix(`Treat ${values} as missing`, name, { type: 'blank', params: { values } }, { type: 'set-missing', params: { values } }));
  }),
});
