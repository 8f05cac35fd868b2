// A category of many levels.
import { isIdentifier } from '../is-identifier.ts';
import { defineAlert } from './alert.ts';
import { amount, eachColumn, makeAlert, stepFix } from './say.ts';

export const highCardinality = defineAlert<{ levels: number }>({
  type: 'high-cardinality',
  label: 'Many levels',
  help: 'One column per level would be too many; encode it by the target, or group rare levels.',
  params: { levels: amount('Levels', 'More levels than this are many (ydata: 50).', 50, 2, 100_000, true) },
  find: (facts, { levels }) => eachColumn(facts, ({ column }, present) => (column.kind === 'category' && column.distinct > levels && !isIdentifier(column) ? makeAlert('high-cardinality', 'info', column.name, `"${column.name}" has ${column.distinct} levels; one column per level would be too many`, `${column.distinct} levels, threshold ${levels}`, present, stepFix(`Target-encode ${column.name}`, 'target-encode', column.name, {})) : null)),
});
