// Numbers far outside the middle half of their column.
import { defineAlert } from './alert.ts';
import { rowsBeyond } from './modes-of.ts';
import { amount, cleanFix, digits, eachColumn, makeAlert, percent, share } from './say.ts';

export const outliers = defineAlert<{ factor: number; most: number }>({
  type: 'outliers',
  label: 'Outliers',
  help: 'Values beyond the quartiles by several times their distance (Tukey, 1977). Errors, or the rare cases that matter most: look before you limit them.',
  params: { factor: amount('Factor', 'How many interquartile ranges beyond the quartiles; 3 = "far out".', 3, 0.5, 1000), most: share('At most', 'Columns with more of them have a long tail, not outliers.', 0.01) },
  find: (facts, { factor, most }) => eachColumn(facts, (held, present) => {
    const { column, sentinels } = held;
    const { number, name } = column;
    if (column.kind !== 'number' || !number || column.distinct <= 10 || present < 50 || sentinels.length) return null;
    const [q1, q3] = [number.quantiles.find((q) => q.q === 0.25)!.value, number.quantiles.find((q) => q.q === 0.75)!.value];
    const [low, high] = [q1 - factor * (q3 - q1), q3 + factor * (q3 - q1)];
    if (!(q3 > q1) || (number.min >= low && number.max <= high)) return null;
    const rows = rowsBeyond(held, low, high);
    if (!rows || rows > most * present) return null;
    const [from, to] = [number.min < low ? digits(low) : '', number.max > high ? digits(high) : ''];
    const limits = { low: from && String(low), high: to && String(high), outside: 'clip' };
    return makeAlert('outliers', 'info', name, `"${name}" has ${rows} values far out: below ${digits(low)} or above ${digits(high)}`, `${percent(rows / present)} of rows beyond ${factor} interquartile ranges, from ${digits(number.min)} to ${digits(number.max)}`, rows, cleanFix(`Limit ${name}${from ? ` from ${from}` : ''}${to ? ` to ${to}` : ''}`, 'clip', [name], limits));
  }),
});
