// A table as plain rows and a seeded table with gaps, ties and every kind, for the tests of the verbs.
import { makeBits, setBit } from '../../../../../src/core/base/bits.ts';
import { sequence } from '../../../../../src/core/base/random.ts';
import { categoriesOf, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../../../../src/core/table/build.ts';
import { cellValue } from '../../../../../src/core/table/cell.ts';
import type { Table } from '../../../../../src/core/table/table.ts';

export type Cell = string | number | boolean | null;
/** Times as milliseconds. */
export const cellOf = (table: Table, k: number, row: number): Cell => {
  const column = table.columns[k];
  const value = cellValue(column, row);
  return column.kind === 'time' && value !== null ? column.values[row] : value;
};
export const rowsOf = (table: Table): Cell[][] => Array.from({ length: table.rows }, (_, i) => table.columns.map((_c, k) => cellOf(table, k, i)));
export const namesOf = (table: Table): string[] => table.columns.map((c) => c.name);

export function randomTable(seed: number, rows: number): Table {
  const r = sequence(seed, 'verbs');
  const cells = <T>(make: () => T) => Array.from({ length: rows }, () => (r.unit() < 0.15 ? null : make()));
  const holes = makeBits(Math.max(1, rows));
  for (let i = 0; i < rows; i++) if (r.unit() < 0.1) setBit(holes, i);
  const bits = Uint8Array.from({ length: rows }, (_, i) => (holes[i >> 3] & (1 << (i & 7)) ? 0 : r.below(2)));
  const times = Float64Array.from({ length: rows }, (_, i) => (holes[i >> 3] & (1 << (i & 7)) ? 0 : r.below(12) * 1000 - 5000));
  return makeTable([
    numbersOf('n', cells(() => [-2, 0, 0.5, 3, 1e300, -0][r.below(6)])),
    categoriesOf('c', cells(() => ['x', 'y', 'Z', ''][r.below(4)])),
    textsOf('t', cells(() => ['a', 'ab', 'b', '\u00e9'][r.below(4)])),
    makeBoolean('b', bits, holes),
    makeTime('w', times, 'second', holes),
    numbersOf('v', cells(() => r.below(9) / 2)),
  ]);
}
