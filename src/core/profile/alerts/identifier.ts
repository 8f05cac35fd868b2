// A column that names rows: nearly all its values are their own.
import { isIdentifier } from '../is-identifier.ts';
import { defineAlert } from './alert.ts';
import { dropFix, eachColumn, makeAlert } from './say.ts';

export const identifier = defineAlert({
  type: 'identifier',
  label: 'Identifier',
  help: 'A key, a name or a running number: it names rows and says nothing about new ones.',
  params: {},
  find: (facts) => eachColumn(facts, ({ column }, present) => (column.distinct > 1 && isIdentifier(column) ? makeAlert('identifier', 'watch', column.name, `"${column.name}" looks like an identifier: it names rows and says nothing about new ones`, `${column.distinctIsExact ? '' : 'about '}${column.distinct} distinct values in ${present} rows`, present, dropFix(column.name)) : null)),
});
