import { expect, test } from 'vitest';
import { dependency, eachVote, groupsOf, type Codes } from '../../../../src/core/profile/dependencies.ts';

const coded = (codes: number[]): Codes => ({ codes: Int32Array.from(codes), values: Math.max(...codes) + 1, distinct: new Set(codes.filter((c) => c >= 0)).size, present: codes.filter((c) => c >= 0).length });

test('a column that tells another, but for one row', () => {
  const x = coded([0, 0, 0, 0, 1, 1, 1, 1]);
  const y = coded([5, 5, 5, 2, 7, 7, 7, 7]);
  const d = dependency(groupsOf(x), y, 0, 1);
  expect(d).toMatchObject({ rows: 8, broken: 1, accuracy: 7 / 8 });
  expect(d.lambda).toBeCloseTo((7 / 8 - 1 / 2) / (1 / 2), 12);
});
test('the others vote: the row itself has no say, ties say nothing, missing cells are told too', () => {
  const x = coded([0, 0, 0, 0, 1, 1, 1, -1]);
  const y = coded([3, 3, 3, 4, 6, 6, -1, 6]);
  const votes: [number, number][] = [];
  eachVote(groupsOf(x), y, (row, says) => votes.push([row, says]));
  expect(votes).toEqual([[0, 3], [1, 3], [2, 3], [3, 3], [6, 6]]);
});
test('groups of one and two rows are not asked; independent columns tell nothing', () => {
  expect(dependency(groupsOf(coded([0, 0, 1, 1, 2])), coded([1, 1, 2, 2, 3]), 0, 1)).toMatchObject({ rows: 0, accuracy: NaN });
  const a = coded(Array.from({ length: 200 }, (_, i) => i % 4));
  const b = coded(Array.from({ length: 200 }, (_, i) => Math.floor(i / 4) % 5));
  expect(dependency(groupsOf(a), b, 0, 1).lambda).toBeLessThan(0.1);
});
