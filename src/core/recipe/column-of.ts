// The column of a name in constant time: tables are never written, so their index is made once and kept with them.
import { getColumn } from '../table/build.ts';
import type { Column, Table } from '../table/table.ts';

const indexes = new WeakMap<Table, Map<string, Column>>();

/** Throws missing-column. */
export function columnOf(table: Table, name: string): Column {
  let index = indexes.get(table);
  if (!index) indexes.set(table, (index = new Map(table.columns.map((column) => [column.name, column]))));
  return index.get(name) ?? getColumn(table, name);
}
