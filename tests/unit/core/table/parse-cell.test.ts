import { expect, test } from 'vitest';
import { MISSING_WORDS } from '../../../../src/core/io/text/missing-words.ts';
import { timeText } from '../../../../src/core/table/cell.ts';
import { isMissingText, parseBoolean, parseNumber, parseTime } from '../../../../src/core/table/parse-cell.ts';

test('numbers', () => {
  expect(['12', ' -1.5e3 ', '.5', '+7.', '0x10', '1,5', '', 'Infinity', '1e999'].map(parseNumber)).toEqual([12, -1500, 0.5, 7, null, null, null, null, null]);
});
test('booleans', () => expect(['TRUE', 'no', '1', '0.0', 'maybe'].map(parseBoolean)).toEqual([true, false, true, false, null]));
test('times are ISO, and what cell.ts prints is read back', () => {
  expect(parseTime('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
  expect(parseTime('2001/01/14 21:55')).toBe(Date.UTC(2001, 0, 14, 21, 55));
  expect(parseTime('2024-05-01T10:00:00.250+02:00')).toBe(Date.UTC(2024, 4, 1, 8, 0, 0, 250));
  expect(['2023-02-29', '14/01/2001', '2001-13-01', 'soon'].map(parseTime)).toEqual([null, null, null, null]);
  for (const ms of [0, -1, 951782400123, -62135596800000]) expect(parseTime(timeText(ms, 'ms'))).toBe(ms);
});
test('the words for missing are those of the text readers', () => {
  for (const word of [...MISSING_WORDS, '']) expect(isMissingText(word)).toBe(true);
  for (const word of ['none of these', 'no', '0']) expect(isMissingText(word)).toBe(false);
});
