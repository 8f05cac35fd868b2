import { expect, test } from 'vitest';
import { atMost, bytesText, count, digits, textTable } from '../../../src/cli/print.ts';

test('numbers keep five figures and no more decimals than asked', () => {
  expect([0.90634, 514.3197, 115137.6371, -3.5, 12345678].map((v) => digits(v))).toEqual(['0.9063', '514.32', '115138', '-3.5000', '12345678']);
  expect([digits(null), digits(NaN), digits(1 / 3, 2)]).toEqual(['-', '-', '0.33']);
});

test('counts, bytes, and lists that end', () => {
  expect([count(1, 'row'), count(2, 'row'), count(0, 'breach')]).toEqual(['1 row', '2 rows', '0 breaches']);
  expect([bytesText(512), bytesText(3100), bytesText(12e6)]).toEqual(['512 B', '3.1 kB', '12.0 MB']);
  expect([atMost(3, ['a', 'b', 'c']), atMost(3, ['a', 'b', 'c', 'd'])]).toEqual([['a', 'b', 'c'], ['a', 'b', '... and 2 more like these']]);
});

test('columns are as wide as their widest cell', () => {
  expect(textTable(['name', 'n'], [['a', '1'], ['longer', '22']], [false, true])).toBe('name     n\na        1\nlonger  22');
});
