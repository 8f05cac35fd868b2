// Rows by the equal cells of a column: a number for each row, in order of first appearance. Missing cells are one group.
import { getBit } from '../base/bits.ts';
import { columnRows } from './build.ts';
import { cellText } from './cell.ts';
import type { Column } from './table.ts';

/** `count` groups, numbered from 0. */
export function groupCodes(column: Column): { groups: Int32Array; count: number } {
  const rows = columnRows(column);
  const groups = new Int32Array(rows);
  const index = new Map<string | number | null, number>();
  for (let i = 0; i < rows; i++) {
    const isMissing = column.missing !== null && getBit(column.missing, i);
    const key = isMissing ? null : column.kind === 'category' ? column.codes[i] : column.kind === 'text' ? cellText(column, i) : column.values[i];
    let group = index.get(key);
    if (group === undefined) index.set(key, (group = index.size));
    groups[i] = group;
  }
  return { groups, count: index.size };
}
