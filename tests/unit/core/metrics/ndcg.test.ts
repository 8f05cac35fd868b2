import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { metrics } from '../../../../src/core/metrics/index.ts';
import { queriesOf } from '../../../../src/core/metrics/queries.ts';
import { rankByScore } from '../../../../src/core/metrics/rank-by-score.ts';

function ndcg(truth: number[], predicted: number[], groups: number[] | null, weight: number[] | null = null): number {
  const prediction = { task: 'regression' as const, classes: [], rows: predicted.length, width: 1, values: Float64Array.from(predicted) };
  return metrics.get('ndcg-10').score({ kind: 'value', values: Float64Array.from(truth) }, prediction, weight && Float32Array.from(weight), groups && Int32Array.from(groups));
}
const dcg = (gains: number[]) => gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);

test('one query: gains of the order by prediction over gains of the best order', () => {
  expect(ndcg([3, 0, 1], [0.1, 0.9, 0.5], [7, 7, 7])).toBeCloseTo(dcg([0, 1, 7]) / dcg([7, 1, 0]), 12);
  expect(ndcg([3, 0, 1], [3, 1, 2], [7, 7, 7])).toBe(1);
});

test('queries are averaged, whatever the order of their rows; one without a relevant row counts 1', () => {
  const first = dcg([0, 1]) / dcg([1, 0]);
  expect(ndcg([1, 2, 0, 0], [0, 5, 1, 5], [1, 2, 1, 2])).toBeCloseTo((first + 0.5 + 0.5 / Math.log2(3)) / 2, 12);
  expect(ndcg([0, 0, 1, 0], [0, 5, 0, 1], [1, 1, 2, 2])).toBeCloseTo((1 + first) / 2, 12);
});

test('equal scores share their ranks, so rows that are sorted by relevance gain nothing', () => {
  expect(ndcg([2, 1, 0], [4, 4, 4], [0, 0, 0])).toBeCloseTo(ndcg([0, 1, 2], [4, 4, 4], [0, 0, 0]), 12);
  expect(ndcg([1, 0], [4, 4], [0, 0])).toBeCloseTo((1 + 1 / Math.log2(3)) / 2, 12);
});

test('only the first ten count; a query weighs the mean weight of its rows', () => {
  const truth = Array.from({ length: 12 }, (_, i) => (i === 11 ? 1 : 0));
  expect(ndcg(truth, truth.map((_, i) => -i), truth.map(() => 0))).toBe(0);
  expect(ndcg([1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 2, 2], [3, 3, 1, 1])).toBeCloseTo((3 / Math.log2(3) + 1) / 4, 12);
});

test('undefined without groups, for values that are no grades and for classes', () => {
  expect(ndcg([1, 0], [1, 0], null)).toBeNaN();
  expect(ndcg([1.5, 0], [1, 0], [0, 0])).toBeNaN();
  expect(ndcg([31, 0], [1, 0], [0, 0])).toBeNaN();
});

test('queries keep the order of rows; group numbers may be any', () => {
  const { count, rows, starts, longest } = queriesOf(Int32Array.of(5, -2, 5, -2, 5));
  expect([count, longest]).toEqual([2, 3]);
  expect([...rows]).toEqual([1, 3, 0, 2, 4]);
  expect([...starts]).toEqual([0, 2, 5]);
});

test.each([1, 5, 8, 9, 16, 17, 100, 1000])('%i rows are ranked as a stable sort ranks them', (count) => {
  const random = sequence(count, 'rank');
  const scores = Float64Array.from({ length: count + 3 }, () => Math.round(random.normal() * 5));
  const order = Int32Array.from({ length: count + 3 }, (_, i) => i);
  rankByScore(order, new Int32Array(count + 3), 2, count + 2, scores);
  const expected = Array.from({ length: count }, (_, i) => i + 2).sort((a, b) => scores[b] - scores[a] || a - b);
  expect([...order]).toEqual([0, 1, ...expected, count + 2]);
});
