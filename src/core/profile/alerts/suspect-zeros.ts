// Zeros below a clear gap: can it really be 0?
import type { ColumnFacts } from '../profile-column.ts';
import { defineAlert } from './alert.ts';
import { amount, eachColumn, eitherFix, makeAlert, percent } from './say.ts';

export const suspectZeros = defineAlert<{ gap: number }>({
  type: 'suspect-zeros',
  label: 'Suspect zeros',
  help: 'A column that is 0 or far above 0, never between: blood pressure, weight, price. There 0 often means "not measured".',
  params: { gap: amount('Gap', 'Whole numbers leave out at least so many steps above 0.', 5, 2, 1e9) },
  find: (facts, { gap }) => eachColumn(facts, (held, present) => {
    if (!isSuspect(held, gap)) return null;
    const { column: { name, number: found }, ends: outer } = held;
    const [number, ends] = [found!, outer!];
    return makeAlert('suspect-zeros', 'watch', name, `"${name}" is 0 in ${percent(number.zeros / present)} of rows, and never between 0 and ${ends.nextLow}; can it really be 0?`, `${number.zeros} zeros, next value ${ends.nextLow}`, number.zeros, eitherFix('Treat 0 as missing', name, { type: 'blank', params: { values: '0' } }, { type: 'set-missing', params: { values: '0' } }));
  }),
});

/** Zeros below a clear gap: the next value is at least `gap` steps (whole numbers) and a tenth of the upper quartile away. */
export function isSuspect({ column, ends, sentinels }: ColumnFacts, gap: number): boolean {
  const { number } = column;
  if (!number || !ends || column.distinct < 3 || !number.zeros || number.min !== 0 || sentinels.some((s) => s.value === 0)) return false;
  const typical = number.quantiles.find((q) => q.q === 0.75)!.value;
  return ends.nextLow > 0.1 * typical && typical > 0 && (number.integers ? ends.nextLow >= gap : ends.nextLow > 0.25 * typical);
}
