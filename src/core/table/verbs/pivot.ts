// Long to wide: one row for each set of keys, one column for each value of `names`, each cell an aggregate of `values`.
// Keys and columns in order of first appearance; a missing name makes the column "(missing)"; at most 2,000 new columns.
import { BarnacleError } from '../../base/errors.ts';
import { columnRows, getColumn, makeTable } from '../build.ts';
import { cellText } from '../cell.ts';
import { takeColumn } from '../take.ts';
import type { Table } from '../table.ts';
import { aggregate, type AggregateName } from './aggregates.ts';
import { columnIds, pairIds, rowIds } from './row-ids.ts';
import { takeOrMissing } from './take-or-missing.ts';

const MOST_COLUMNS = 2000;
const MOST_CELLS = 1_000_000_000;

/** Throws missing-column, duplicate-column, bad-param, too-large. */
export function pivotTable(table: Table, keys: readonly string[], names: string, values: string, how: AggregateName): { table: Table; made: string[] } {
  const heads = getColumn(table, names);
  const wide = columnIds(heads);
  if (wide.count > MOST_COLUMNS) throw new BarnacleError('too-large', `column "${names}" has ${wide.count} values, more than ${MOST_COLUMNS} columns can be made of; merge levels first`, { what: 'new columns', value: wide.count, limit: MOST_COLUMNS });
  const keyColumns = keys.map((key) => getColumn(table, key));
  const rows = rowIds(keyColumns, table.rows);
  if (rows.count * wide.count > MOST_CELLS) throw new BarnacleError('too-large', `pivot gives ${rows.count} rows of ${wide.count} columns, more than ${MOST_CELLS} cells; take fewer keys`, { what: 'cells of the pivot', value: rows.count * wide.count, limit: MOST_CELLS });
  const cells = pairIds(rows, wide);
  const summed = aggregate(how, getColumn(table, values), cells, values);
  const slots = Array.from({ length: wide.count }, () => new Int32Array(rows.count).fill(-1));
  for (let cell = 0; cell < columnRows(summed); cell++) slots[wide.ids[cells.first[cell]]][rows.ids[cells.first[cell]]] = cell;
  const made = Array.from(wide.first, (row) => cellText(heads, row) ?? '(missing)');
  const columns = slots.map((from, k) => ({ ...takeOrMissing(summed, from), name: made[k] }));
  return { table: makeTable([...keyColumns.map((column) => takeColumn(column, rows.first)), ...columns], rows.count), made };
}
