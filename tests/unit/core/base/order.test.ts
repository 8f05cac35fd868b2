import { expect, test } from 'vitest';
import { quantilesOf, valuesAtRanks } from '../../../../src/core/base/order.ts';
import { sequence } from '../../../../src/core/base/random.ts';

test.each([['distinct', 1e9], ['many ties', 5], ['all equal', 1]])('ranks and quantiles of %s values are those of a full sort', (_name, range) => {
  const r = sequence(1, 'order');
  const values = Float64Array.from({ length: 5001 }, () => r.below(range) - range / 2);
  const sorted = values.slice().sort();
  const ranks = [0, 4999, 17, 2500, 5000, 2500];
  expect(valuesAtRanks(values.slice(), ranks)).toEqual(ranks.map((k) => sorted[k]));
  expect(quantilesOf(values.slice(), [0.5])[0]).toBe(sorted[2500]);
});
test('sorted and reversed input, few values, none', () => {
  for (const values of [Float64Array.from({ length: 3000 }, (_, i) => i), Float64Array.from({ length: 3000 }, (_, i) => 2999 - i)]) expect(valuesAtRanks(values, [10, 1500])).toEqual([10, 1500]);
  expect(quantilesOf(Float64Array.of(4, 1), [0.25])).toEqual([1.75]);
  expect(quantilesOf(new Float64Array(0), [0.5])).toEqual([NaN]);
});
