import { expect, it } from 'vitest';
import type { Matrix } from '../../../src/core/table/matrix.ts';
import { cellText } from '../../../src/core/table/cell.ts';
import { hashTable } from '../../../src/core/table/hash-table.ts';
import { mixedTable } from '../store/records.ts';
import { shareMatrix, shareTable } from '../../../src/wire/share.ts';

const matrix: Matrix = { rows: 2, features: [{ name: 'x', source: 'x' }], data: [Float32Array.of(1, NaN)], target: { kind: 'class', classes: ['a', 'b'], codes: Int32Array.of(0, 1) }, weight: null };

it('copies arrays into shared memory once', () => {
  const shared = shareMatrix(matrix, true);
  expect(shared).toEqual(matrix);
  expect(shared.data[0].buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(shareMatrix(matrix, true).data[0]).toBe(shared.data[0]);
  expect(shareMatrix(shared, true).data[0]).toBe(shared.data[0]);
});

it('leaves a matrix alone when sharing is not allowed', () => {
  expect(shareMatrix(matrix, false)).toBe(matrix);
});

it('shares a table of every kind with the same content, text left as it is', () => {
  const table = mixedTable();
  const shared = shareTable(table, true);
  expect(shared).toEqual(table);
  expect(hashTable(shared)).toBe(hashTable(table));
  const text = shared.columns.find((column) => column.kind === 'text');
  expect(text).toBe(table.columns.find((column) => column.kind === 'text'));
  expect(cellText(shared.columns[2], 2)).toBe('Biscoe "x"');
});
