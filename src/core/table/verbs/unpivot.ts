// Wide to long: each row becomes one row for each of `columns`, with its name and its value; the other columns repeat.
// In row order, columns in the order named. Columns of different kinds meet as text would (see stack).
import { makeCategory, makeTable, getColumn } from '../build.ts';
import { takeColumn } from '../take.ts';
import type { Column, Table } from '../table.ts';
import { checkSize } from './join.ts';
import { stackColumns } from './stack.ts';

/** Throws missing-column, duplicate-column, too-large. */
export function unpivotTable(table: Table, columns: readonly string[], names: string, values: string): Table {
  const melted = columns.map((name) => getColumn(table, name));
  const kept = table.columns.filter(({ name }) => !columns.includes(name));
  const width = melted.length;
  const rows = table.rows * width;
  checkSize(rows, kept.length + 2);
  const source = new Int32Array(rows);
  const codes = new Int32Array(rows);
  const below = new Int32Array(rows);
  for (let i = 0, n = 0; i < table.rows; i++) {
    for (let k = 0; k < width; k++, n++) {
      source[n] = i;
      codes[n] = k;
      below[n] = k * table.rows + i;
    }
  }
  const stacked = takeColumn(stackedAll(melted), below);
  return makeTable([...kept.map((column) => takeColumn(column, source)), makeCategory(names, codes, [...columns]), { ...stacked, name: values }], rows);
}

/** Pairs, then pairs of pairs, so that each cell is copied a few times only. */
function stackedAll(columns: readonly Column[]): Column {
  let level = columns;
  while (level.length > 1) level = Array.from({ length: Math.ceil(level.length / 2) }, (_, k) => (level[2 * k + 1] ? stackColumns(level[2 * k], level[2 * k + 1]) : level[2 * k]));
  return level[0];
}
