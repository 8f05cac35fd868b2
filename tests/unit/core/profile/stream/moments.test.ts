import { expect, test } from 'vitest';
import { randomUnit } from '../../../../../src/core/base/random.ts';
import { addMoments, addWeighted, makeMoments, mergeMoments, shapeOf } from '../../../../../src/core/profile/stream/moments.ts';

const values = Float64Array.from({ length: 5000 }, (_, i) => 1e6 + randomUnit(1, 1, i) ** 4);

test('blocks of any size give the moments of the whole', () => {
  const whole = makeMoments();
  addMoments(whole, values, values.length);
  const parts = makeMoments();
  for (let at = 0, size = 1; at < values.length; at += size, size = (size * 7) % 611 || 1) addMoments(parts, values.subarray(at), Math.min(size, values.length - at));
  expect(parts.n).toBe(whole.n);
  expect(parts.mean).toBeCloseTo(whole.mean, 8);
  expect(shapeOf(parts).sd).toBeCloseTo(shapeOf(whole).sd, 9);
  expect(shapeOf(parts).skew).toBeCloseTo(shapeOf(whole).skew, 6);
});

test('merging is adding, and a weight is a repetition', () => {
  const [a, b, all] = [makeMoments(), makeMoments(), makeMoments()];
  addMoments(a, Float64Array.of(1, 2), 2);
  addWeighted(b, 5, 3);
  mergeMoments(a, b);
  addMoments(all, Float64Array.of(1, 2, 5, 5, 5), 5);
  expect(a.mean).toBeCloseTo(all.mean, 12);
  expect(a.m2).toBeCloseTo(all.m2, 10);
  expect(a.m3).toBeCloseTo(all.m3, 10);
});

test('one value has no spread', () => {
  const one = makeMoments();
  addMoments(one, Float64Array.of(4), 1);
  expect(shapeOf(one)).toEqual({ sd: 0, skew: 0 });
});
