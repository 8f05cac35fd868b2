import { describe, expect, test } from 'vitest';
import { categoriesOf, makeBoolean, makeNumber, makeTable, numbersOf, textsOf } from '../../../../../src/core/table/build.ts';
import { distinctRows } from '../../../../../src/core/table/verbs/dedupe.ts';
import { rowsWhere } from '../../../../../src/core/table/verbs/filter.ts';
import { nearClusters } from '../../../../../src/core/table/verbs/near-duplicates.ts';
import { pivotTable } from '../../../../../src/core/table/verbs/pivot.ts';
import { sampleRows } from '../../../../../src/core/table/verbs/sample.ts';
import { sortRows } from '../../../../../src/core/table/verbs/sort.ts';
import { stackTables } from '../../../../../src/core/table/verbs/stack.ts';
import { takeOrMissing } from '../../../../../src/core/table/verbs/take-or-missing.ts';
import { unpivotTable } from '../../../../../src/core/table/verbs/unpivot.ts';
import { namesOf, randomTable, rowsOf, type Cell } from './rows-of.ts';

test('filter', () => expect([rowsWhere(Uint8Array.of(1, 0, 1)), rowsWhere(Uint8Array.of(1, 0, 1), false)]).toEqual([Int32Array.of(0, 2), Int32Array.of(1)]));

describe('sort', () => {
  test('numbers by value, NaN behind them, missing last both ways', () => {
    const column = makeNumber('x', Float64Array.of(3, -1, NaN, 0, -Infinity, 2, 0), Uint8Array.of(0b1000000));
    const table = makeTable([column]);
    expect(Array.from(sortRows(table, [column]))).toEqual([4, 1, 3, 5, 0, 2, 6]);
    expect(Array.from(sortRows(table, [column], true))).toEqual([0, 5, 3, 1, 4, 2, 6]);
  });
  test.each([1, 2, 3])('agrees with a stable sort by comparison, table %s', (seed) => {
    const table = randomTable(seed, 150);
    const names = [['c', 'n'], ['t', 'b', 'v'], ['w', 'c']][seed - 1];
    const at = names.map((name) => namesOf(table).indexOf(name));
    const rows = rowsOf(table);
    const compare = (a: Cell, b: Cell) => (a === null || b === null ? (a === null ? 1 : 0) - (b === null ? 1 : 0) : a < b ? -1 : a > b ? 1 : 0);
    const expected = rows.map((_, i) => i).sort((i, j) => at.reduce((order, k) => order || compare(rows[i][k], rows[j][k]), 0));
    expect(Array.from(sortRows(table, at.map((k) => table.columns[k])))).toEqual(expected);
  });
});

test('dedupe keeps the first or the last, in order', () => {
  const column = categoriesOf('c', ['b', 'a', 'b', null, 'a', null]);
  expect([distinctRows([column], 6), distinctRows([column], 6, 'last')]).toEqual([Int32Array.of(0, 1, 3), Int32Array.of(2, 4, 5)]);
});

describe('near duplicates', () => {
  const names = ['Maria Gonz\u00e1lez', 'maria gonzalez', 'Mario Gonzalez', 'Peter Schmidt', 'Peter Schmitt', 'Anna Li', 'Flight 12', 'Flight 13', null];
  const amounts = [100, 100, 100.4, 5, 5, 7, 1, 1, 7];
  const table = makeTable([textsOf('name', names), numbersOf('amount', amounts)]);
  test('slips and roundings chain, other digits do not', () => expect(Array.from(nearClusters(table.columns, 9, 0.1))).toEqual([0, 0, 0, 3, 3, 5, 6, 7, 8]));
  test('at distance 0 only what differs in case, accents and marks', () => expect(Array.from(nearClusters(table.columns, 9, 0))).toEqual([0, 0, 2, 3, 4, 5, 6, 7, 8]));
});

test('sample draws so many rows, in order, the same for the same seed', () => {
  const rows = sampleRows(1000, 100, 5);
  expect(rows.length).toBe(100);
  expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
  expect(new Set(rows).size).toBe(100);
  expect(sampleRows(1000, 100, 5)).toEqual(rows);
  expect(sampleRows(1000, 100, 6)).not.toEqual(rows);
  expect(sampleRows(3, 10, 1)).toEqual(Int32Array.of(0, 1, 2));
});

describe('wide and long', () => {
  const long = makeTable([categoriesOf('who', ['a', 'b', 'a', 'b']), categoriesOf('what', ['h', 'h', 'w', null]), numbersOf('v', [1, 2, 3, 4])]);
  test('pivot', () => {
    const { table } = pivotTable(long, ['who'], 'what', 'v', 'first');
    expect(namesOf(table)).toEqual(['who', 'h', 'w', '(missing)']);
    expect(rowsOf(table)).toEqual([['a', 1, 3, null], ['b', 2, null, 4]]);
  });
  test('pivot of several values by an aggregate', () => expect(rowsOf(pivotTable(long, ['what'], 'who', 'v', 'count').table)).toEqual([['h', 1, 1], ['w', 1, null], [null, null, 1]]));
  test('pivot refuses thousands of columns', () => {
    const many = makeTable([numbersOf('k', Array.from({ length: 2001 }, (_, i) => i))]);
    expect(() => pivotTable(many, [], 'k', 'k', 'first')).toThrow(expect.objectContaining({ code: 'too-large' }) as Error);
  });
  test('unpivot', () => {
    const wide = makeTable([categoriesOf('who', ['a', 'b']), numbersOf('h', [1, null]), numbersOf('w', [3, 4])]);
    const out = unpivotTable(wide, ['h', 'w'], 'what', 'v');
    expect(rowsOf(out)).toEqual([['a', 'h', 1], ['a', 'w', 3], ['b', 'h', null], ['b', 'w', 4]]);
    const mixed = unpivotTable(makeTable([numbersOf('h', [1]), categoriesOf('c', ['x']), makeBoolean('b', Uint8Array.of(1))]), ['h', 'c', 'b'], 'n', 'v');
    expect(rowsOf(mixed)).toEqual([['h', '1'], ['c', 'x'], ['b', 'true']]);
  });
  test('there and back', () => {
    const table = makeTable([numbersOf('id', [1, 2, 3]), numbersOf('p', [1, 2, 3]), numbersOf('q', [4, 5, 6])]);
    expect(rowsOf(pivotTable(unpivotTable(table, ['p', 'q'], 'n', 'v'), ['id'], 'n', 'v', 'first').table)).toEqual(rowsOf(table));
  });
});

test('stack', () => {
  const { table, mixed } = stackTables(makeTable([numbersOf('x', [1, null]), categoriesOf('c', ['a', 'b']), numbersOf('m', [1, 2])]), makeTable([categoriesOf('c', ['b', 'z']), textsOf('t', ['q', null]), categoriesOf('m', ['3', 'k'])]));
  expect(namesOf(table)).toEqual(['x', 'c', 'm', 't']);
  expect(rowsOf(table)).toEqual([[1, 'a', '1', null], [null, 'b', '2', null], [null, 'b', '3', 'q'], [null, 'z', 'k', null]]);
  expect(mixed).toEqual(['m']);
});

test('takeOrMissing puts missing where no row is named', () => {
  const table = randomTable(1, 10);
  const taken = makeTable(table.columns.map((c) => takeOrMissing(c, Int32Array.of(4, -1, 0))));
  expect(rowsOf(taken)).toEqual([rowsOf(table)[4], table.columns.map(() => null), rowsOf(table)[0]]);
});
