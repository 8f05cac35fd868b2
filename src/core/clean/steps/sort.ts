// Rows in the order of one or more columns; missing comes last.
import { getColumn } from '../../table/build.ts';
import { sortRows } from '../../table/verbs/sort.ts';
import { defineCleaner } from '../clean.ts';
import { keptRows } from '../kept-rows.ts';
import { columnWords } from '../words.ts';

export const sort = defineCleaner<{ descending: boolean }>({
  type: 'sort',
  label: 'Sort rows',
  help: 'Orders rows by the named columns, the first weighing most; equal rows keep their order, missing comes last.',
  scope: 'data',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  params: { descending: { kind: 'flag', label: 'Largest first', help: 'From large to small, from late to early, from Z to A.', fallback: false } },
  apply: (table, columns, { descending }) => keptRows(table, sortRows(table, columns.map((name) => getColumn(table, name)), descending)),
  describe: (columns, { descending }) => `Sorted by ${columnWords(columns)}${descending ? ', largest first' : ''}`,
});
