// Missing cells take the value last seen above them, within the rows of one group when a column says which.
import { getBit } from '../../base/bits.ts';
import { columnRows, getColumn } from '../../table/build.ts';
import { columnIds } from '../../table/verbs/row-ids.ts';
import { takeOrMissing } from '../../table/verbs/take-or-missing.ts';
import type { Column } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn } from '../each-column.ts';
import { columnWords } from '../words.ts';

export const fillDown = defineCleaner<{ by: string }>({
  type: 'fill-down',
  label: 'Fill down',
  help: 'Missing cells take the value above them, as in sheets where a heading is written once; sort first where order matters.',
  scope: 'data',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  params: { by: { kind: 'text', label: 'Within', help: 'A column whose values part the rows into groups; a value never leaves its group. Empty = none.', fallback: '', maxLength: 1000 } },
  apply(table, columns, { by }) {
    const groups = by === '' ? { ids: new Int32Array(table.rows), count: 1 } : columnIds(getColumn(table, by));
    return eachColumn(table, columns, (column) => (column.missing ? filledDown(column, groups) : column));
  },
  describe: (columns, { by }) => `${columnWords(columns)} filled from above${by ? ` within ${by}` : ''}`,
});

function filledDown(column: Column, { ids, count }: { ids: Int32Array; count: number }): Column {
  const rows = new Int32Array(columnRows(column));
  const last = new Int32Array(count).fill(-1);
  for (let i = 0; i < rows.length; i++) {
    if (!getBit(column.missing!, i)) last[ids[i]] = i;
    rows[i] = last[ids[i]];
  }
  return takeOrMissing(column, rows);
}
