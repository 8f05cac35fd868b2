import { expect, test } from 'vitest';
import { solveSymmetric } from '../../../../src/core/learners/linear/cholesky.ts';

test('solves from the upper triangle and leaves its input alone', () => {
  const a = Float64Array.of(4, 2, 0, 0, 3, 1, 0, 0, 2);
  const x = solveSymmetric(a, Float64Array.of(8, 11, 8));
  [1, 2, 3].forEach((v, i) => expect(x[i]).toBeCloseTo(v, 12));
  expect([...a]).toEqual([4, 2, 0, 0, 3, 1, 0, 0, 2]);
});

test('an unknown that others explain is 0, and one without any row too', () => {
  const x = solveSymmetric(Float64Array.of(2, 2, 0, 0, 2, 0, 0, 0, 0), Float64Array.of(4, 4, 0));
  expect(x[0]).toBeCloseTo(2, 12);
  expect([x[1], x[2]]).toEqual([0, 0]);
});
