// One row for each set of rows that agree in the key columns, in order of first appearance: the keys, then an aggregate
// each. Without keys the whole table is one group. Missing keys are a group of their own.
import { getColumn, makeTable } from '../build.ts';
import { takeColumn } from '../take.ts';
import type { Table } from '../table.ts';
import { aggregate, type AggregateName } from './aggregates.ts';
import { rowIds } from './row-ids.ts';

/** `column` null: the rows themselves are counted. */
export type Aggregate = { name: string; how: AggregateName; column: string | null };

/** Throws missing-column, duplicate-column, bad-param. */
export function groupTable(table: Table, keys: readonly string[], aggregates: readonly Aggregate[]): Table {
  const columns = keys.map((key) => getColumn(table, key));
  const groups = rowIds(columns, table.rows);
  const made = aggregates.map(({ name, how, column }) => aggregate(how, column === null ? null : getColumn(table, column), groups, name));
  return makeTable([...columns.map((column) => takeColumn(column, groups.first)), ...made], groups.count);
}
