// A column with one value only.
import { defineAlert } from './alert.ts';
import { dropFix, eachColumn, makeAlert } from './say.ts';

export const constant = defineAlert({
  type: 'constant',
  label: 'Constant',
  help: 'Every row that has a value has the same; it tells no two rows apart.',
  params: {},
  find: (facts) => eachColumn(facts, ({ column }, present) => (column.distinct === 1 ? makeAlert('constant', column.missing ? 'info' : 'watch', column.name, `"${column.name}" has one value in every row that has a value`, '1 distinct value', column.missing ? present : column.rows, dropFix(column.name)) : null)),
});
