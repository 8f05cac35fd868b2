// Columns that go: they are in no version behind this step and are not asked for at prediction.
import { dropColumns as without } from '../../table/take.ts';
import { defineCleaner } from '../clean.ts';
import { columnWords } from '../words.ts';

export const dropColumns = defineCleaner<Record<never, never>>({
  type: 'drop-columns',
  label: 'Drop columns',
  help: 'Removes columns; the file that was read keeps them.',
  scope: 'row',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: {},
  apply: (table, columns) => ({ table: without(table, columns), rows: null, changed: 0, notes: [], sources: {} }),
  describe: (columns) => `${columnWords(columns)} dropped`,
});
