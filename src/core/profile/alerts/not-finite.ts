// Infinite values and NaN among numbers.
import { defineAlert } from './alert.ts';
import { amount, eachColumn, makeAlert, stepFix } from './say.ts';

export const notFinite = defineAlert<{ rows: number }>({
  type: 'not-finite',
  label: 'Not finite',
  help: 'NaN or infinite numbers, left by a division by zero or an overflow; they count as missing.',
  params: { rows: amount('Rows', 'Said when more rows than this have one.', 0, 0, 1e9, true) },
  find: (facts, { rows }) => eachColumn(facts, ({ column, notFinite: n }) => (n > rows ? makeAlert('not-finite', 'watch', column.name, `"${column.name}" has ${n} values that are not finite (NaN or infinite); they count as missing`, `${n} rows, threshold ${rows}`, n, stepFix(`Fill and flag ${column.name}`, 'impute', column.name, { strategy: 'median', indicator: true })) : null)),
});
