import { expect, test } from 'vitest';
import { tornGroups } from '../../../../src/core/split/torn-groups.ts';
import { categoriesOf } from '../../../../src/core/table/build.ts';

const column = categoriesOf('g', ['a', 'a', 'b', 'b', null, null]);
const parts = (train: number[], valid: number[], test: number[]) => ({ train: Int32Array.from(train), valid: Int32Array.from(valid), test: Int32Array.from(test) });

test('whole groups are not torn; rows in no part do not count', () => {
  expect(tornGroups(column, parts([0, 1], [2, 3], [4, 5]))).toBe(0);
  expect(tornGroups(column, parts([0], [2, 3], [5]))).toBe(0);
});

test('each group in two or more parts counts once', () => {
  expect(tornGroups(column, parts([0, 2], [1], [3, 4, 5]))).toBe(2);
  expect(tornGroups(column, parts([0, 1, 2, 4], [], [3, 5]))).toBe(2);
});
