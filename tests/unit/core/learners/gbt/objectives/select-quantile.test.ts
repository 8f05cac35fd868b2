import { describe, expect, test } from 'vitest';
import { sequence } from '../../../../../../src/core/base/random.ts';
import { selectQuantile } from '../../../../../../src/core/learners/gbt/objectives/select-quantile.ts';

const select = (values: number[], share: number, weights: number[] | null = null) => selectQuantile(Float64Array.from(values), weights && Float64Array.from(weights), 0, values.length, share);

test('the median of an even count lies halfway; of an odd count it is the middle', () => {
  expect(select([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(select([4, 1, 3], 0.5)).toBe(3);
  expect(select([7], 0.5)).toBe(7);
  expect(select([5, 5, 5, 5], 0.9)).toBe(5);
});

test('weights: the value where the weight up to it reaches the share, halfway when it is met exactly', () => {
  expect(select([1, 2, 3], 0.5, [1, 1, 2])).toBe(2.5);
  expect(select([1, 2, 3], 0.5, [1, 1, 2.5])).toBe(3);
  expect(select([3, 1, 2], 0.5, [0, 1, 0])).toBe(1);
  expect(select([3, 1], 0.5, [0, 0])).toBeNaN();
  expect(select([], 0.5)).toBeNaN();
});

describe.each([3, 17, 100, 1001])('%i drawn values with ties', (count) => {
  const random = sequence(count, 'quantile');
  const values = Array.from({ length: count }, () => Math.round(random.normal() * 8) / 4 + 0);
  const weights = values.map(() => Math.floor(4 * random.unit()));
  const sorted = (all: number[]) => [...all].sort((a, b) => a - b);
  const bySorting = (all: number[], share: number) => {
    const order = sorted(all);
    const place = share * order.length;
    return Number.isInteger(place) ? 0.5 * (order[place - 1] + (order[place] ?? order[place - 1])) : order[Math.floor(place)];
  };
  test.each([0.01, 0.1, 0.25, 0.5, 0.8, 0.99])('share %d: selection is sorting, weights are repeats', (share) => {
    expect(select(values, share)).toBe(bySorting(values, share));
    expect(select(values, share, weights)).toBe(bySorting(values.flatMap((v, i) => new Array<number>(weights[i]).fill(v)), share));
    expect(select(values, share, weights.map((w) => w * 8))).toBe(select(values, share, weights));
  });
});

test('only the stretch asked for is read and reordered', () => {
  const values = Float64Array.of(9, 3, 1, 2, -9);
  expect(selectQuantile(values, null, 1, 4, 0.5)).toBe(2);
  expect([values[0], values[4]]).toEqual([9, -9]);
});

test('sorted, reversed, equal and saw-toothed values of 200,000 rows take no quadratic time', { timeout: 20_000 }, () => {
  const shapes = [(i: number) => i, (i: number) => -i, () => 1, (i: number) => i % 2, (i: number) => (i % 1000) * (i & 1 ? 1 : -1)];
  for (const shape of shapes) {
    const values = Float64Array.from({ length: 200_000 }, (_, i) => shape(i));
    const expected = values.slice().sort()[179_999];
    expect(Math.abs(selectQuantile(values.slice(), null, 0, values.length, 0.9) - expected)).toBeLessThanOrEqual(1);
    expect(Math.abs(selectQuantile(values.slice(), new Float64Array(200_000).fill(1), 0, values.length, 0.9) - expected)).toBeLessThanOrEqual(1);
  }
});
