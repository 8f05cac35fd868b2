// Long to wide: one row per key, one column for each value of a column.
import { AGGREGATES, type AggregateName } from '../../table/verbs/aggregates.ts';
import { pivotTable } from '../../table/verbs/pivot.ts';
import { defineCleaner } from '../clean.ts';
import { columnWords } from '../words.ts';

export const pivot = defineCleaner<{ names: string; values: string; aggregate: AggregateName }>({
  type: 'pivot',
  label: 'Pivot to columns',
  help: 'Makes one row per key and one column for each value of another column (long to wide).',
  scope: 'shape',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  params: {
    names: { kind: 'text', label: 'Columns from', help: 'The column whose values become column names.', fallback: '', maxLength: 1000 },
    values: { kind: 'text', label: 'Cells from', help: 'The column whose values become the cells.', fallback: '', maxLength: 1000 },
    aggregate: { kind: 'choice', label: 'Of several', help: 'What stands in a cell for which there are several values.', fallback: 'first', choices: AGGREGATES.map(({ name, label }) => ({ value: name, label })) },
  },
  apply(table, columns, { names, values, aggregate }) {
    const { table: wide, made } = pivotTable(table, columns, names, values, aggregate);
    return { table: wide, rows: null, changed: 0, notes: [], sources: Object.fromEntries(made.map((name) => [name, [names, values]])) };
  },
  describe: (columns, { names, values, aggregate }) => `One row per ${columnWords(columns)}, one column per ${names || 'value'} with the ${aggregate} of ${values || 'a column'}`,
});
