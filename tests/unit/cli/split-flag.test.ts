import { expect, test } from 'vitest';
import { splitFlag, splitText } from '../../../src/cli/split-flag.ts';

const suggested = { kind: 'stratified' as const, column: null, test: 0.2, valid: 0.1 };

test('what --split says is what is printed back', () => {
  for (const text of ['random', 'stratified', 'time:day', 'group:a:b']) expect(splitText(splitFlag({ split: text }, suggested))).toBe(text);
  expect(splitFlag({ test: '0.3' }, suggested)).toEqual({ ...suggested, test: 0.3 });
});

test.each(['time', 'group:', 'random:x', 'k-fold', ''])('--split %j is refused', (text) => {
  expect(() => splitFlag({ split: text }, suggested)).toThrow(expect.objectContaining({ code: 'bad-param' }));
});
