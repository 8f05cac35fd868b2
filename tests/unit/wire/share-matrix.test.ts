import { expect, it } from 'vitest';
import type { Matrix } from '../../../src/core/table/matrix.ts';
import { shareMatrix } from '../../../src/wire/share-matrix.ts';

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
