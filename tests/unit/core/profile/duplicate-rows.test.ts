import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { duplicateRows } from '../../../../src/core/profile/duplicate-rows.ts';
import { categoriesOf, makeTable, numbersOf, textsOf } from '../../../../src/core/table/build.ts';

test('counts what a set of row texts counts', () => {
  const r = sequence(6, 'rows');
  const rows = Array.from({ length: 20000 }, () => [r.below(100), 'abcdefgh'[r.below(8)], r.below(20) ? `t${r.below(30)}` : null] as const);
  const table = makeTable([numbersOf('n', rows.map((x) => x[0])), categoriesOf('c', rows.map((x) => x[1])), textsOf('t', rows.map((x) => x[2]))]);
  expect(duplicateRows(table, new Int32Array(0))).toEqual({ duplicates: 20000 - new Set(rows.map((x) => JSON.stringify(x))).size, rows: 20000 });
});
test('equal and empty tables', () => {
  expect(duplicateRows(makeTable([numbersOf('n', Array.from({ length: 999 }, () => 1))]), new Int32Array(0)).duplicates).toBe(998);
  expect(duplicateRows({ rows: 0, columns: [] }, new Int32Array(0)).duplicates).toBe(0);
  expect(duplicateRows(makeTable([numbersOf('n', [])]), new Int32Array(0)).duplicates).toBe(0);
});
