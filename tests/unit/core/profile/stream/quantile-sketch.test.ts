import { expect, test } from 'vitest';
import { randomUnit } from '../../../../../src/core/base/random.ts';
import { addQuantile, addQuantiles, makeQuantileSketch, mergeQuantiles, quantilesFrom } from '../../../../../src/core/profile/stream/quantile-sketch.ts';

const shares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];
const n = 400_000;
const orders: [string, (i: number) => number][] = [
  ['rising', (i) => i],
  ['falling', (i) => n - 1 - i],
  ['shuffled', (i) => (i * 7919) % n],
  ['sawtooth', (i) => (i % 1000) * 400 + Math.floor(i / 1000)],
];

test.each(orders)('%s values: ranks within a quarter of a percent', (_, value) => {
  const sketch = makeQuantileSketch();
  addQuantiles(sketch, Float64Array.from({ length: n }, (_, i) => value(i)), n);
  quantilesFrom(sketch, shares).forEach((found, k) => expect(Math.abs(found / (n - 1) - shares[k])).toBeLessThan(0.0025));
});

test('few values are exact; weights and merging count', () => {
  const a = makeQuantileSketch();
  addQuantiles(a, Float64Array.of(3, 1, 2), 3);
  expect(quantilesFrom(a, [0, 0.5, 1])).toEqual([1, 2, 3]);
  const b = makeQuantileSketch();
  addQuantile(b, 9, 997);
  mergeQuantiles(b, a);
  expect(b.n).toBe(1000);
  expect(quantilesFrom(b, [0, 0.001, 0.5])).toEqual([1, 1, 9]);
});

test('parts merged are as good as the whole, and always the same', () => {
  const run = (): number[] => {
    const sketches = [0, 1, 2].map((part) => {
      const sketch = makeQuantileSketch();
      addQuantiles(sketch, Float64Array.from({ length: 100_000 }, (_, i) => randomUnit(2, part, i)), 100_000);
      return sketch;
    });
    mergeQuantiles(sketches[0], sketches[1]);
    mergeQuantiles(sketches[0], sketches[2]);
    return quantilesFrom(sketches[0], shares);
  };
  const found = run();
  found.forEach((value, k) => expect(Math.abs(value - shares[k])).toBeLessThan(0.006));
  expect(run()).toEqual(found);
});
