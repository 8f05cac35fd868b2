// A column without any value.
import { defineAlert } from './alert.ts';
import { dropFix, makeAlert } from './say.ts';

export const empty = defineAlert({
  type: 'empty',
  label: 'Empty',
  help: 'No row has a value here; nothing can be learned from it.',
  params: {},
  find: ({ columns }) => columns.flatMap(({ column }) => (column.rows > 0 && column.missing === column.rows ? [makeAlert('empty', 'high', column.name, `"${column.name}" has no value at all`, '100 % missing', column.rows, dropFix(column.name))] : [])),
});
