import { expect, test } from 'vitest';
import type { ColumnProfile } from '../../../../../src/core/profile/profile.ts';
import { columnWords } from '../../../../../src/studio/pages/data/column-words.ts';
import { howWords, sampleWords } from '../../../../../src/studio/pages/data/how-words.ts';

const base: ColumnProfile = { name: 'x', kind: 'number', rows: 10, missing: 1, distinct: 9, distinctIsExact: true, number: null, levels: null, rest: 0, text: null };
test('how a file was read, as a person says it', () => {
  expect(howWords({ how: { format: 'csv', delimiter: ';', header: 'yes', encoding: 'utf-8', quote: '"', packed: 'gzip', tried: [] } })).toBe('CSV, semicolon, header in line 1, UTF-8, packed with gzip');
  expect(howWords({ how: { format: 'csv', delimiter: ';', header: 'yes', headerRows: 1, preamble: 2, head: [], dialect: {} } })).toBe('CSV, semicolon, header in line 3, 2 lines before the table');
  expect([sampleWords({ how: { sampled: { rows: 49, of: 500, seed: 1 } } }), sampleWords({ how: {} })]).toEqual(['a random sample of 49 of its 500 rows', '']);
  expect(howWords({ how: {} })).toBe('read as it stands');
});
test('a numeric column: range, bars that keep every row, the missing', () => {
  const histogram = Array.from({ length: 40 }, (_, i) => ({ from: i, to: i + 1, count: 1 }));
  const words = columnWords({ name: 'x', kind: 'number' }, { ...base, number: { min: 0, max: 40, mean: 20, sd: 1, skew: 0, zeros: 0, integers: false, quantiles: [], histogram } });
  expect(words.type).toBe('number · 0 to 40');
  expect([words.counts.length <= 18, words.counts.reduce((a, b) => a + b, 0)]).toEqual([true, 40]);
  expect(words.told).toContain('1 missing (10 %)');
});
test('a category: distinct, an estimate marked as one', () => {
  expect(columnWords({ name: 'c', kind: 'category' }, { ...base, kind: 'category', distinct: 3, levels: [{ level: 'a', count: 5 }] }).type).toBe('category · 3');
  expect(columnWords({ name: 'c', kind: 'category' }, { ...base, kind: 'category', distinct: 200_000, distinctIsExact: false, levels: [] }).type).toBe('category · ~200k');
});
