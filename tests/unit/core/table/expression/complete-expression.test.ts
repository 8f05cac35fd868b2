import { expect, test } from 'vitest';
import { completeExpression } from '../../../../../src/core/table/expression/complete-expression.ts';
import type { Schema } from '../../../../../src/core/table/table.ts';

const schema: Schema = [{ name: 'age', kind: 'number' }, { name: 'home town', kind: 'category' }, { name: 'sage advice', kind: 'text' }, { name: 'member', kind: 'boolean' }];
const texts = (text: string, caret = text.length) => completeExpression(text, caret, schema).map((s) => s.text);

test('columns, functions and words where a value is expected', () => {
  expect(texts('')).toEqual(expect.arrayContaining(['age', '[home town]', 'if', 'not']));
  expect(texts('ag').slice(0, 2)).toEqual(['age', '[sage advice]']);
  expect(texts('age + ro')).toEqual(['round']);
  expect(texts('if(me')).toEqual(['member', '[home town]']);
});
test('operators behind a value, those of its type first', () => {
  expect(texts('age ')[0]).toBe('+');
  expect(texts('age ')).not.toContain('and');
  expect(texts('age > 1 ')[0]).toBe('and');
  expect(texts('[home town] ')[0]).toBe('&');
  expect(texts('age i')).toEqual(['in (', 'is missing', 'is not missing']);
});
test('brackets open a column, quotes open nothing', () => {
  expect(texts('[ho')).toEqual(['[home town]']);
  expect(texts('`sa')).toEqual(['[sage advice]']);
  expect(texts('age = "me')).toEqual([]);
  expect(texts('x # y')).toBeInstanceOf(Array);
});
test('the caret may stand anywhere', () => expect(texts('ag + 1', 2)[0]).toBe('age'));
