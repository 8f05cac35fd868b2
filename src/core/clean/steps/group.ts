// One row for each set of rows that agree in the key columns, with counts, sums, means, ... of the others.
import { groupTable } from '../../table/verbs/group.ts';
import { parseAggregates } from '../parse-aggregates.ts';
import { defineCleaner } from '../clean.ts';
import { columnWords } from '../words.ts';

export const group = defineCleaner<{ aggregates: string }>({
  type: 'group',
  label: 'Group rows',
  help: 'Makes one row of those that agree in the named columns (of all rows when none is named), with what they come to.',
  scope: 'shape',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  params: { aggregates: { kind: 'text', label: 'Computed columns', help: 'One per line, as "average age = mean(age)": count, missing, distinct, sum, mean, median, sd, min, max, first, last, mode.', fallback: 'rows = count()', maxLength: 100_000 } },
  apply(table, columns, { aggregates }) {
    const wanted = parseAggregates(aggregates);
    const sources = Object.fromEntries(wanted.map(({ name, column }) => [name, column === null ? [...columns] : [column]]));
    return { table: groupTable(table, columns, wanted), rows: null, changed: 0, notes: [], sources };
  },
  describe: (columns, { aggregates }) => `One row per ${columnWords(columns)} with ${parseAggregates(aggregates).map(({ name }) => name).join(', ') || 'nothing else'}`,
});
