// Excess zeros: many rows are 0, or far more than any other value is frequent.
import { defineAlert } from './alert.ts';
import { modesOf } from './modes-of.ts';
import { isSuspect } from './suspect-zeros.ts';
import { amount, eachColumn, makeAlert, percent, share } from './say.ts';

export const zeros = defineAlert<{ share: number; least: number; excess: number }>({
  type: 'zeros',
  label: 'Many zeros',
  help: 'A part of the rows has nothing of this at all; "has any" may tell more than "how much".',
  params: { share: share('Share', 'Said from this share on, whatever the rest looks like.', 0.25), least: share('Least', 'From this share on (ydata: 1 %) when zeros stand out from all other values.', 0.01), excess: amount('Excess', 'Zeros stand out when they are so many times as frequent as the next value.', 10, 1, 1e6) },
  find: (facts, params) => eachColumn(facts, (held, present) => {
    const { column, ends, sentinels } = held;
    const { number, name } = column;
    if (column.kind !== 'number' || !number || !ends || column.distinct < 3 || sentinels.some((s) => s.value === 0)) return null;
    const part = number.zeros / present;
    const next = part > params.least && part <= params.share && column.distinct > 20 ? modesOf(held).find((m) => m.value !== 0) : undefined;
    const isExcess = next !== undefined && number.zeros > params.excess * next.rows;
    if (!(part > params.share || isExcess) || isSuspect(held, 5)) return null;
    return makeAlert('zeros', 'info', name, `"${name}" is 0 in ${percent(part)} of rows`, part > params.share ? `${number.zeros} rows, threshold ${percent(params.share)}` : `${number.zeros} rows, ${digitsOf(number.zeros / next!.rows)} times as many as have ${next!.value}`, number.zeros);
  }),
});
const digitsOf = (ratio: number): string => ratio.toFixed(0);
