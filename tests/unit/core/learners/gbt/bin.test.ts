import { expect, test } from 'vitest';
import { findCuts } from '../../../../../src/core/learners/gbt/bin.ts';

test('few distinct values get one bin each, cut half-way; missing ones take no part', () => {
  expect([...findCuts(Float32Array.of(3, NaN, 1, 3, 2, 1), 255, 1, 0)]).toEqual([1.5, 2.5]);
});

test('a constant, an all-missing and an empty feature have no cuts', () => {
  for (const values of [[5, 5, NaN], [NaN, NaN], []]) expect(findCuts(Float32Array.from(values), 255, 1, 0).length).toBe(0);
});

test('neighbouring singles are told apart', () => {
  const low = 1;
  const high = Math.fround(1 + 2 ** -23);
  const [cut] = findCuts(Float32Array.of(low, high), 255, 1, 0);
  expect(low <= cut && high > cut).toBe(true);
});

test('the extremes of single precision do not overflow a cut', () => {
  const top = 3.4028234663852886e38;
  expect([...findCuts(Float32Array.of(-top, top), 255, 1, 0)]).toEqual([0]);
});

test('many distinct values get bins of nearly equal counts', () => {
  const values = Float32Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 10_007);
  const cuts = findCuts(values, 16, 1, 0);
  expect(cuts.length).toBe(15);
  const counts = new Array<number>(16).fill(0);
  for (const value of values) counts[cuts.filter((cut) => cut < value).length]++;
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
});

test('a heavy value keeps one bin and the rest share the others', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => (i < 700 ? 0 : i));
  const cuts = findCuts(values, 10, 1, 0);
  expect(cuts.length).toBe(9);
  expect(cuts[0]).toBe(350);
});

test('above the sample size cuts stay close to the true quantiles', () => {
  const values = Float32Array.from({ length: 450_000 }, (_, i) => i % 449_999);
  const cuts = findCuts(values, 4, 1, 0);
  [112_500, 225_000, 337_500].forEach((quantile, i) => expect(Math.abs(cuts[i] - quantile)).toBeLessThan(2000));
});
