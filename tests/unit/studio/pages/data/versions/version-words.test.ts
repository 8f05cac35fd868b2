import { expect, test } from 'vitest';
import type { DatasetDiff } from '../../../../../../src/core/lineage/diff.ts';
import { columnLines, diffFinding, rowLines, shiftRow } from '../../../../../../src/studio/pages/data/versions/diff-words.ts';
import { entriesOf, firstPair, nextLabel, sizeWords, stepsOf } from '../../../../../../src/studio/pages/data/versions/version-words.ts';
import type { Catalog, DataVersion } from '../../../../../../src/wire/engine.ts';

const cleaners = [{ type: 'trim', label: 'Trim', params: {} }, { type: 'filter', label: 'Filter rows', params: { expression: { kind: 'text', fallback: '' }, keep: { kind: 'choice', fallback: 'matching', choices: [] } } }] as unknown as Catalog['cleaners'];
const clean = { version: 1 as const, steps: [{ id: 'c1', type: 'trim', columns: ['city', 'name'], params: {} }, { id: 'c2', type: 'unheard-of', columns: [], params: {}, comment: 'mine' }, { id: 'c3', type: 'trim', columns: [], params: {}, disabled: true }] };
const saved: DataVersion = { id: 'v1', raw: 'raw', clean, label: 'Tidy', rows: 9, columns: 2, savedAt: 5 };
const base = { dataset: 'raw', data: 'raw', clean: null, versions: [] as DataVersion[], rows: 10, columns: 3, read: { rows: 10, columns: 3 } };

test('as read, saved and now, each once', () => {
  expect(entriesOf({ ...base, dataset: null }, cleaners)).toEqual([]);
  expect(entriesOf(base, cleaners).map((entry) => [entry.key, entry.isNow])).toEqual([['read', true]]);
  expect(entriesOf({ ...base, data: 'v1', versions: [saved] }, cleaners).map((entry) => [entry.key, entry.isNow])).toEqual([['saved 0', true], ['read', false]]);
  const all = entriesOf({ ...base, data: 'v2', clean, versions: [saved, { ...saved, id: 'v0', label: 'Second' }], rows: 8, columns: 1 }, cleaners);
  expect(all.map((entry) => `${entry.label} (${sizeWords(entry)})`)).toEqual(['Now, not saved (8 rows, 1 column)', 'Second (9 rows, 2 columns)', 'Tidy (9 rows, 2 columns)', 'As read (10 rows, 3 columns)']);
  expect(all[0]!.version).toBeNull();
  expect(all[3]!.version).toMatchObject({ id: 'raw', raw: 'raw', clean: null });
  expect(firstPair(all)).toEqual({ a: 'read', b: 'now' });
  expect(firstPair(entriesOf(base, cleaners))).toBeNull();
  expect(nextLabel([saved])).toBe('Version 2');
});

test('what was done, in words, without what is switched off', () => {
  expect(stepsOf(clean, cleaners)).toEqual(['Trim: city and name', 'unheard-of (mine)']);
  expect(stepsOf({ version: 1, steps: [{ id: 'c', type: 'filter', columns: [], params: { expression: 'grade < 8', keep: 'matching' } }] }, cleaners)).toEqual(['Filter rows: grade < 8']);
});

const same: DatasetDiff = { version: 1, columns: { added: [], removed: [], retyped: [], renamed: [], reordered: false }, rows: { a: 5, b: 5, by: 'place', key: null, added: 0, removed: 0, changed: 0, same: 5 }, shifts: [], examples: [] };
test('a difference in words', () => {
  expect(diffFinding(same)).toBe('The same data');
  expect(diffFinding({ ...same, columns: { ...same.columns, reordered: true } })).toBe('The same rows, columns in another order');
  const other: DatasetDiff = { ...same, columns: { added: [{ name: 'x', kind: 'number' }], removed: [], retyped: [{ name: 'y', from: 'text', to: 'number' }], renamed: [{ from: 'a', to: 'b', why: 'the same cells' }], reordered: false }, rows: { a: 1200, b: 1100, by: 'key', key: 'id', added: 1, removed: 101, changed: 7, same: 1092 } };
  expect(diffFinding(other)).toBe('3 columns differ, 109 rows differ');
  expect(columnLines(other)).toEqual(['New: x (number)', 'a is likely b now: the same cells', 'y: text became number']);
  expect(rowLines(other)).toEqual(['1\u202f200 rows before, 1\u202f100 after', '1\u202f092 the same, 7 changed, 1 new, 101 gone; matched by id']);
  expect(shiftRow({ name: 'city', from: 'town', kind: 'category', psi: 0.31, js: 0.35, mean: null, missing: { a: 0, b: 0.1 }, distinct: { a: 3, b: 3 }, levels: { added: ['Oslo'], addedCount: 1, lost: ['Rome', 'Bonn', 'Kiel'], lostCount: 9 }, changed: null })).toEqual({ name: 'town \u2192 city', kind: 'category', js: 0.35, why: 'not compared: names or text', psi: '0.310', tone: 'bad', mean: '\u2013', missing: '0 % \u2192 10 %', distinct: '3', levels: 'new: Oslo; gone: Rome, Bonn, Kiel and 6 more', changed: '\u2013' });
});
