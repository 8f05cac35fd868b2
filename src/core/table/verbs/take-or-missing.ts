// The rows of a column at those indices, where -1 is a missing cell: what a left join puts where nothing matched.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { columnOfNothing } from '../column-of-nothing.ts';
import { makeTextBuilder } from '../text-builder.ts';
import { columnRows } from '../build.ts';
import { takeColumn } from '../take.ts';
import type { Column, Rows } from '../table.ts';

export function takeOrMissing(column: Column, rows: Rows): Column {
  let absent = false;
  for (let i = 0; i < rows.length && !absent; i++) absent = rows[i] < 0;
  if (!absent) return takeColumn(column, rows);
  if (!columnRows(column)) return columnOfNothing(column.name, column.kind, rows.length);
  if (column.kind === 'text') {
    const builder = makeTextBuilder(rows.length, 64);
    for (let i = 0; i < rows.length; i++) if (rows[i] < 0) builder.push(null); else builder.copy(column, rows[i]);
    return builder.build(column.name);
  }
  const missing: Bits = makeBits(rows.length);
  const from = column.kind === 'category' ? column.codes : column.values;
  const out = new (from.constructor as new (n: number) => typeof from)(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row < 0 || (column.missing && getBit(column.missing, row))) setBit(missing, i);
    else out[i] = from[row];
  }
  return (column.kind === 'category' ? { ...column, codes: out, missing } : { ...column, values: out, missing }) as Column;
}
