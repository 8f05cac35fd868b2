// Numbers that are spread more evenly than chance would spread them: drawn by a machine, or a running number.
import { pow } from '../../base/numerics.ts';
import { isIdentifier } from '../is-identifier.ts';
import { defineAlert } from './alert.ts';
import { amount, eachColumn, makeAlert } from './say.ts';

export const uniform = defineAlert<{ z: number }>({
  type: 'uniform',
  label: 'Too even',
  help: 'All parts of the range are equally frequent, more evenly than chance allows: a counter, or made-up data.',
  params: { z: amount('Evenness', 'How many standard deviations the chi-square lies below what chance gives (3.09 = p above 0.999, ydata).', 3.09, 1, 100) },
  find: (facts, { z }) => eachColumn(facts, ({ column }, present) => {
    const { number, name } = column;
    if (column.kind !== 'number' || !number || present < 200 || column.distinct < 30 || isIdentifier(column) || column.ascending) return null;
    const bins = number.histogram.slice(1, -1);
    const mean = bins.reduce((n, b) => n + b.count, 0) / bins.length;
    if (bins.length < 8 || mean < 5) return null;
    const chi2 = bins.reduce((n, b) => n + (b.count - mean) ** 2 / mean, 0);
    const k = bins.length - 1;
    const score = (pow(chi2 / k + 1e-300, 1 / 3) - (1 - 2 / (9 * k))) / Math.sqrt(2 / (9 * k));
    return score < -z ? makeAlert('uniform', 'info', name, `"${name}" is spread more evenly than chance would have it; is it a counter, or made up?`, `chi-square ${chi2.toFixed(1)} over ${bins.length} bins, ${(-score).toFixed(1)} standard deviations too even, threshold ${z}`, present) : null;
  }),
});
