import { expect, test } from 'vitest';
import { sentinelsOf } from '../../../../src/core/profile/sentinels-of.ts';
import { makeTime, numbersOf } from '../../../../src/core/table/build.ts';

const found = (values: (number | null)[]) => sentinelsOf(numbersOf('x', values)).map((s) => [s.value, s.rows]);
const normal = Array.from({ length: 200 }, (_, i) => 20 + ((i * 37) % 41));

test('far, recurring and typed: -999, several at once, 99 above a short scale', () => {
  expect(found([...normal, -999, -999, -999])).toEqual([[-999, 3]]);
  expect(found([...normal, -9, -9, -9, -99, -99, -99])).toEqual([[-99, 3], [-9, 3]]);
  expect(found([...normal.map((v) => v % 8), 99, 99, 99, 98, 98, 98])).toEqual([[99, 3], [98, 3]]);
  expect(found([...normal, -1, -1, -1])).toEqual([[-1, 3]]);
});
test('not: once, near the others, an untyped value, a scale of its own', () => {
  expect(found([...normal, -999])).toEqual([]);
  expect(found([...normal, 62, 62, 62, 62])).toEqual([]);
  expect(found([...normal, -913.5, -913.5, -913.5])).toEqual([]);
  expect(found(Array.from({ length: 60 }, (_, i) => (i % 3) - 1))).toEqual([]);
  expect(found([null, null])).toEqual([]);
});
test('stand-in dates', () => {
  const day = 86_400_000;
  const times = Float64Array.from({ length: 100 }, (_, i) => (i < 4 ? -25567 * day : (19000 + i) * day));
  expect(sentinelsOf(makeTime('d', times, 'day')).map((s) => [s.text, s.rows])).toEqual([['1900-01-01', 4]]);
});
