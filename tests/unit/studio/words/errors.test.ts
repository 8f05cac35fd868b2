import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../../src/core/base/errors.ts';
import { errorWords } from '../../../../src/studio/words/errors.ts';

const source = readFileSync(new URL('../../../../src/core/base/errors.ts', import.meta.url), 'utf8');
const codes = [...source.slice(source.indexOf('ErrorDetails = {'), source.indexOf('\n};')).matchAll(/^ {2}'?([a-z-]+)'?: \{/gm)].map((found) => found[1] as ErrorCode);

test('every code of the one list has words of its own, with a way out', () => {
  expect(codes.length).toBeGreaterThan(20);
  for (const code of codes) {
    const words = errorWords({ code, message: 'm', details: {} });
    expect(words.title, code).not.toContain('should not have');
    expect(words.wayOut, code).not.toBe('');
  }
});
test('details are said, hostile ones do no harm', () => {
  expect(errorWords({ code: 'missing-column', message: '', details: { column: 'age', known: ['a', 'b'] } })).toMatchObject({ title: 'Column “age” is missing', where: 'The columns are a and b.' });
  expect(errorWords({ code: 'storage-full', message: '', details: { needed: 2_000_000, available: null } }).where).toBe('Needed 2.0 MB.');
  expect(errorWords({ code: 'missing-column', message: '', details: null }).title).toBe('Column “” is missing');
});
test('what has no code keeps its message', () => {
  expect(errorWords({ code: 'unexpected', message: 'boom', details: null }).where).toBe('boom');
  expect(errorWords({ code: 'toString' as ErrorCode, message: 'boom', details: null }).where).toBe('boom');
});
