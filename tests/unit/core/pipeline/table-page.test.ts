import { expect, it } from 'vitest';
import { matrixPage, tablePage } from '../../../../src/core/pipeline/table-page.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';

const table = makeTable([numbersOf('x', [1, null, 3]), categoriesOf('c', ['a', 'b', null])]);

it('gives rows as text, missing as null', () => {
  expect(tablePage(table, 1, 5)).toEqual({ from: 1, rows: 2, columns: ['x', 'c'], cells: [[null, '3'], ['b', null]] });
});
it.each([[-5, 1, 0, 1], [3, 1, 3, 0], [99, 5, 3, 0], [NaN, NaN, 0, 0]])('clamps from %s count %s', (from, count, start, rows) => {
  const page = tablePage(table, from, count);
  expect([page.from, page.rows]).toEqual([start, rows]);
});
it('never gives more than 200 rows', () => {
  const long = makeTable([numbersOf('x', Array.from({ length: 1000 }, (_, i) => i))]);
  expect(tablePage(long, 0, 1000).rows).toBe(200);
});
it('shows a matrix to six digits', () => {
  const matrix = { rows: 2, features: [{ name: 'x', source: 'x' }], data: [Float32Array.of(1 / 3, NaN)], target: null, weight: null };
  expect(matrixPage(matrix, 10).cells).toEqual([['0.333333', null]]);
});
