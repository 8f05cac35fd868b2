import { expect, test } from 'vitest';
import { entryOf, progressWords, startOf, withEntry } from '../../../../../../src/studio/pages/data/dictionary/dictionary-edits.ts';

test('entries come and go; nothing empty is kept; names may be hostile', () => {
  const start = startOf(null, 'Penguins');
  const one = withEntry(start, '__proto__', { description: 'odd' });
  expect([entryOf(one, '__proto__').description, Object.keys(one.columns), start.columns]).toEqual(['odd', ['__proto__'], {}]);
  expect(entryOf(start, '__proto__').description).toBe('');
  expect(withEntry(one, '__proto__', { description: '' })).toEqual(start);
  expect(withEntry(start, 'age', { sensitive: true }).columns).toEqual({ age: { description: '', unit: '', source: '', sensitive: true, note: '' } });
  expect(startOf(one, 'other')).toBe(one);
});

test('how far it is, in words', () => {
  const start = startOf(null, 'Penguins');
  expect(progressWords(start, ['a', 'b'])).toBe('0 of 2 columns described; owner, source, collected, licence and consent are open');
  const done = withEntry({ ...start, owner: 'x', source: 'x', collected: 'x', licence: 'x' }, 'a', { description: 'A' });
  expect(progressWords(done, ['a'])).toBe('All 1 column described; consent is open');
  expect(progressWords({ ...done, consent: 'x' }, ['a'])).toBe('All 1 column described');
});
