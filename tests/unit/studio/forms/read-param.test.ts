import { expect, test } from 'vitest';
import type { Param } from '../../../../src/core/base/params.ts';
import { readParam } from '../../../../src/studio/forms/read-param.ts';

const about = { label: '', help: '' };
const whole: Param = { ...about, kind: 'number', fallback: 3, min: 1, max: 10, integer: true };
const several: Param = { ...about, kind: 'numbers', fallback: [64], min: 1, max: 512, integer: true, maxLength: 3 };

test('numbers within bounds are read, others explained', () => {
  expect(readParam(whole, ' 4 ')).toEqual({ value: 4, error: null });
  expect([readParam(whole, '4.5').error, readParam(whole, '11').error, readParam(whole, '').error]).toEqual(['A whole number, not 4.5.', 'From 1 to 10; 11 is outside.', '“” is not a number.']);
});
test('lists take commas or spaces and stop at their length', () => {
  expect(readParam(several, '64, 32 16').value).toEqual([64, 32, 16]);
  expect(readParam(several, '1 2 3 4').error).toBe('At most 3 numbers.');
  expect(readParam(several, '64 x').error).toBe('“x” is not a number.');
});
test('choices, flags and texts', () => {
  expect(readParam({ ...about, kind: 'choice', fallback: 'a', choices: [{ value: 'a', label: 'A' }] }, 'b').error).toBe('Choose one of the list.');
  expect(readParam({ ...about, kind: 'flag', fallback: true }, false).value).toBe(false);
  expect(readParam({ ...about, kind: 'text', fallback: '', maxLength: 2 }, 'abc').error).toBe('At most 2 characters.');
});
