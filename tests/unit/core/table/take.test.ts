import { expect, test } from 'vitest';
import { categoriesOf, getColumn, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { cellValue } from '../../../../src/core/table/cell.ts';
import { hashTable } from '../../../../src/core/table/hash-table.ts';
import { dropColumns, putColumns, selectColumns, takeRows, takeValues } from '../../../../src/core/table/take.ts';

const table = makeTable([
  numbersOf('n', [1, null, 3]),
  categoriesOf('c', ['x', 'y', null]),
  textsOf('t', ['é', null, 'long text']),
  makeBoolean('b', Uint8Array.of(1, 0, 1)),
  makeTime('d', Float64Array.of(0, 86400000, -1), 'ms'),
]);
const rowOf = (t: typeof table, row: number) => t.columns.map((column) => cellValue(column, row));

test('rows in any order, repeated, all kinds', () => {
  const taken = takeRows(table, Int32Array.of(2, 0, 2, 1));
  expect(taken.rows).toBe(4);
  [2, 0, 2, 1].forEach((from, to) => expect(rowOf(taken, to)).toEqual(rowOf(table, from)));
});

test('no row, and all rows', () => {
  expect(takeRows(table, new Int32Array(0)).columns.every((column) => column.missing === null)).toBe(true);
  expect(hashTable(takeRows(table, Int32Array.of(0, 1, 2)))).toBe(hashTable(table));
});

test('a mask without a bit becomes null', () => {
  expect(getColumn(takeRows(table, Int32Array.of(0)), 'n').missing).toBeNull();
  expect(getColumn(takeRows(table, Int32Array.of(1)), 'n').missing).not.toBeNull();
});

test('values keep their array type', () => {
  expect(takeValues(Int16Array.of(5, 6, 7), Int32Array.of(2, 2))).toEqual(Int16Array.of(7, 7));
});

test('columns', () => {
  expect(selectColumns(table, ['t', 'n']).columns.map((c) => c.name)).toEqual(['t', 'n']);
  expect(selectColumns(table, ['n']).columns[0]).toBe(table.columns[0]);
  expect(() => selectColumns(table, ['zzz'])).toThrow('missing');
  expect(dropColumns(table, ['n', 'zzz']).columns.map((c) => c.name)).toEqual(['c', 't', 'b', 'd']);
  const put = putColumns(table, [numbersOf('e', [1, 2, 3]), numbersOf('c', [7, 8, 9])]);
  expect(put.columns.map((c) => `${c.name}:${c.kind}`)).toEqual(['n:number', 'c:number', 't:text', 'b:boolean', 'd:time', 'e:number']);
});
