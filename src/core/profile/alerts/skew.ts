// A long tail.
import { defineAlert } from './alert.ts';
import { amount, eachColumn, makeAlert, stepFix } from './say.ts';

export const skew = defineAlert<{ some: number; strong: number }>({
  type: 'skew',
  label: 'Long tail',
  help: 'A few values lie far out; a logarithm evens it out for linear models and nets, trees do not mind.',
  params: { some: amount('Some', 'Skewness from which it is said.', 3, 0, 1e6), strong: amount('Strong', 'Skewness from which it is to be watched (ydata: 20).', 20, 0, 1e6) },
  find: (facts, { some, strong }) => eachColumn(facts, ({ column, ends, sentinels }, present) => {
    const { number, name } = column;
    if (!number || !ends || column.distinct <= 10 || sentinels.length || Math.abs(number.skew) <= some) return null;
    return makeAlert('skew', Math.abs(number.skew) > strong ? 'watch' : 'info', name, `"${name}" has a long tail to the ${number.skew > 0 ? 'right' : 'left'}; a logarithm evens it out for linear models and nets`, `skewness ${number.skew.toFixed(1)}, thresholds ${some} and ${strong}`, present, stepFix(`Take the logarithm of ${name}`, 'log-scale', name, {}));
  }),
});
