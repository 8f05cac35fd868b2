import { expect, test } from 'vitest';
import { daysFromCivil, daysInMonth } from '../../../../src/core/base/civil.ts';

test('agrees with Date over two thousand years', () => {
  for (let day = -719000; day < 80000; day += 97) {
    const date = new Date(day * 86400000);
    expect(daysFromCivil(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(day);
  }
  expect([1, 2, 4].map((m) => daysInMonth(2000, m))).toEqual([31, 29, 30]);
  expect(daysInMonth(1900, 2)).toBe(28);
});
