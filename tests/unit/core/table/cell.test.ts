import { expect, test } from 'vitest';
import { categoriesOf, makeBoolean, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { cellText, cellValue, isMissing, timeText } from '../../../../src/core/table/cell.ts';

test('text for the eye', () => {
  expect([cellText(numbersOf('a', [0.1]), 0), cellText(numbersOf('a', [null]), 0), cellText(numbersOf('a', [-5]), 0)]).toEqual(['0.1', null, '-5']);
  expect(cellText(makeBoolean('a', Uint8Array.of(1, 0)), 1)).toBe('false');
  expect(cellText(categoriesOf('a', ['x']), 0)).toBe('x');
  expect(cellText(textsOf('a', ['日本']), 0)).toBe('日本');
});

test('JSON values', () => {
  expect([cellValue(numbersOf('a', [2]), 0), cellValue(makeBoolean('a', Uint8Array.of(1)), 0), cellValue(textsOf('a', [null]), 0)]).toEqual([2, true, null]);
  expect(cellValue(makeTime('a', Float64Array.of(0), 'day'), 0)).toBe('1970-01-01');
});

test('missing is the mask and nothing else', () => {
  const column = numbersOf('a', [0, null]);
  expect([isMissing(column, 0), isMissing(column, 1)]).toEqual([false, true]);
});

test('times to their unit, far past and beyond Date', () => {
  expect([timeText(0, 'day'), timeText(1, 'ms'), timeText(-1000, 'second')]).toEqual(['1970-01-01', '1970-01-01 00:00:00.001', '1969-12-31 23:59:59']);
  expect(timeText(-62135596800000, 'day')).toBe('0001-01-01');
  expect(timeText(253402300800000, 'day')).toBe('+010000-01-01');
  expect([timeText(1e17, 'ms'), timeText(NaN, 'ms')]).toEqual(['100000000000000000', 'NaN']);
});
