import { expect, test } from 'vitest';
import { BarnacleError, errorFrom, errorRecord, isBarnacleError } from '../../../../src/core/base/errors.ts';

const cause = new Error('disk');
const error = new BarnacleError('too-large', 'file is 9 bytes; at most 5', { what: 'bytes', value: 9, limit: 5 }, { cause });

test('carries code, details, message and cause', () => {
  expect([error.code, error.details.limit, error.message, error.cause]).toEqual(['too-large', 5, 'file is 9 bytes; at most 5', cause]);
  expect(error).toBeInstanceOf(Error);
});

test('is told apart by code', () => {
  expect([isBarnacleError(error), isBarnacleError(error, 'too-large'), isBarnacleError(error, 'bad-file')]).toEqual([true, true, false]);
  expect(isBarnacleError(new Error('x'))).toBe(false);
  expect(isBarnacleError({ name: 'BarnacleError', code: 'too-large' })).toBe(false);
});

test('survives as a record and as JSON', () => {
  const record = JSON.parse(JSON.stringify(errorRecord(error))) as ReturnType<typeof errorRecord>;
  const again = errorFrom(record);
  expect(isBarnacleError(again, 'too-large') && again.details).toEqual(error.details);
  expect(again.message).toBe(error.message);
});

test('anything thrown becomes a record', () => {
  expect(errorRecord(new TypeError('no'))).toEqual({ code: 'unexpected', message: 'no', details: null });
  expect(errorRecord('text')).toEqual({ code: 'unexpected', message: 'text', details: null });
  expect(isBarnacleError(errorFrom({ code: 'unexpected', message: 'no', details: null }))).toBe(false);
});
