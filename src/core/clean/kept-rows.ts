// A data step's outcome from the rows that it leaves; when all stay in order, the table itself.
import { takeRows } from '../table/take.ts';
import type { Rows, Table } from '../table/table.ts';
import type { Cleaned } from './clean.ts';

export function keptRows(table: Table, rows: Rows): Cleaned {
  let same = rows.length === table.rows;
  for (let i = 0; same && i < rows.length; i++) same = rows[i] === i;
  return same ? { table, rows: null, changed: 0, notes: [], sources: {} } : { table: takeRows(table, rows), rows, changed: 0, notes: [], sources: {} };
}
