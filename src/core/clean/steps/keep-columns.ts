// Only these columns stay, in the order named.
import { selectColumns } from '../../table/take.ts';
import { defineCleaner } from '../clean.ts';
import { columnWords } from '../words.ts';

export const keepColumns = defineCleaner<Record<never, never>>({
  type: 'keep-columns',
  label: 'Keep columns',
  help: 'Keeps the named columns, in the order named, and removes all others.',
  scope: 'row',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: {},
  apply: (table, columns) => ({ table: selectColumns(table, columns), rows: null, changed: 0, notes: [], sources: {} }),
  describe: (columns) => `Only ${columnWords(columns)} kept`,
});
