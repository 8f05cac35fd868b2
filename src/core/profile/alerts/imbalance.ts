// A category of which nearly all rows have one level.
import { log } from '../../base/numerics.ts';
import type { ColumnProfile } from '../profile.ts';
import { defineAlert } from './alert.ts';
import { amount, eachColumn, makeAlert, percent, share } from './say.ts';

export const imbalance = defineAlert<{ score: number; levels: number }>({
  type: 'imbalance',
  label: 'Unbalanced',
  help: 'One level has nearly all rows. As a target, accuracy says little: look at average precision, and weigh the rare class.',
  params: { score: share('Unevenness', '1 - entropy / log of the levels, from which it is said (ydata: 0.5).', 0.5), levels: amount('Levels', 'Columns of more levels are not looked at.', 50, 2, 1000, true) },
  find: (facts, { score, levels }) => eachColumn(facts, ({ column }, present) => {
    if (column.kind !== 'category' || column.distinct < 2 || column.distinct > levels || !column.levels) return null;
    const unevenness = unevennessOf(column, present);
    const top = column.levels[0];
    const isTarget = column.name === facts.target;
    return unevenness > score ? makeAlert('imbalance', isTarget ? 'watch' : 'info', column.name, `"${column.name}" is "${top.level}" in ${percent(top.count / present)} of rows; as a target, look at average precision rather than accuracy`, `unevenness ${unevenness.toFixed(2)}, threshold ${score}`, top.count) : null;
  }),
});

/** 1 - entropy / log(levels): 0 when all levels are as frequent, 1 when one has all rows. */
function unevennessOf(column: ColumnProfile, present: number): number {
  let entropy = 0;
  for (const { count } of column.levels!) entropy -= (count / present) * log(count / present);
  return 1 - entropy / log(column.distinct);
}
