import { expect, test } from 'vitest';
import { sequence } from '../../../../../src/core/base/random.ts';
import { quiet } from '../../../../../src/core/base/task.ts';
import { applyClean } from '../../../../../src/core/clean/apply-clean.ts';
import { alone } from '../../../../../src/core/clean/clean.ts';
import { detectors } from '../../../../../src/core/profile/suspects/index.ts';
import { findSuspects } from '../../../../../src/core/profile/suspects/find-suspects.ts';
import { cellFixes } from '../../../../../src/core/profile/suspects/suggest-fixes.ts';
import { categoriesOf, makeTable, numbersOf, textsOf } from '../../../../../src/core/table/build.ts';
import { cellText } from '../../../../../src/core/table/cell.ts';
import { hashTable } from '../../../../../src/core/table/hash-table.ts';
import type { Column } from '../../../../../src/core/table/table.ts';

const list = <T>(n: number, f: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => f(i));
const level = (name: string, n: number, f: (i: number) => string | null) => categoriesOf(name, list(n, f));
const cities = ['Paris', 'Berlin', 'Madrid', 'Vienna', 'Lisbon', 'Prague', 'Athens', 'Dublin'];
const found = async (columns: Column[], detector?: string) => (await findSuspects(makeTable(columns), quiet, detector ? { detectors: [detector] } : {})).cells.map((c) => [c.row, c.column, c.suggestion]);

test('misplaced: the value of a missing column at the end of another', async () => {
  const columns = [level('city', 60, (i) => (i % 20 === 7 ? `${cities[i % 3]} ${['AA', 'BB', 'CC'][i % 3]}` : cities[i % 3])), level('state', 60, (i) => (i % 20 === 7 ? null : ['AA', 'BB', 'CC'][i % 3]))];
  expect(await found(columns, 'misplaced')).toEqual([[7, 'city', 'Berlin'], [27, 'city', 'Paris'], [47, 'city', 'Madrid'], [7, 'state', 'BB'], [27, 'state', 'AA'], [47, 'state', 'CC']]);
});
test('unit: cells with a unit among bare numbers', async () => {
  expect(await found([level('abv', 100, (i) => (i % 10 ? `0.0${10 + (i % 50)}` : '0.055%'))], 'unit')).toEqual(list(10, (k) => [10 * k, 'abv', '0.055']));
});
test('mixed type and format: a letter in a number or a code', async () => {
  expect(await found([level('zip', 100, (i) => (i === 5 ? '3x957' : `3595${i % 10}`))], 'mixed-type')).toEqual([[5, 'zip', null]]);
  expect(await found([level('score', 100, (i) => (i === 5 ? '9x%' : i % 9 ? `${i}%` : 'empty'))], 'format')).toEqual([[5, 'score', null]]);
  expect(await found([level('name', 100, (i) => (i === 5 ? 'O-2' : cities[i % 8]))], 'format')).toEqual([]);
});
test('a second form with many rows and values is no error; numbers that name something have no outliers', async () => {
  expect(await found([level('invoice', 300, (i) => (i % 20 ? `${536000 + i}` : `C${536000 + i}`))], 'mixed-type')).toEqual([]);
  expect(await found([numbersOf('zip', list(200, (i) => (i === 9 ? 99508 : 35000 + (i % 40))))], 'number-outlier')).toEqual([]);
});
test('a measure tells nothing, unless it is one to one with a category', async () => {
  const score = numbersOf('score', list(400, (i) => i % 20));
  expect(await found([score, level('city', 400, (i) => (i === 30 ? 'Athens' : cities[(i % 20) % 4]))], 'dependency')).toEqual([]);
  expect(await found([score, level('grade', 400, (i) => (i === 30 ? 'grade 3' : `grade ${i % 20}`))], 'dependency')).toContainEqual([30, 'grade', 'grade 10']);
});
test('spelling and typos, of values and of words', async () => {
  expect(await found([level('c', 60, (i) => (i === 3 ? 'PARIS' : cities[i % 2]))], 'spelling')).toEqual([[3, 'c', 'Paris']]);
  expect(await found([level('c', 60, (i) => (i === 3 ? 'Berlyn' : cities[i % 2]))], 'typo')).toEqual([[3, 'c', 'Berlin']]);
  expect(await found([level('c', 60, (i) => (i === 3 ? `${i} paxients` : `${i % 20} patients`))], 'typo')).toEqual([[3, 'c', '3 patients']]);
});
test('dependency: the minority of a group, and a missing cell that the others tell', async () => {
  const columns = [level('zip', 240, (i) => `z${i % 24}`), level('city', 240, (i) => (i === 30 ? 'Athens' : i === 41 ? null : cities[(i % 24) % 8])), level('phone', 240, (i) => `p${i % 24}`)];
  expect(await found(columns, 'dependency')).toEqual([[30, 'city', cities[6]], [41, 'city', cities[1]]].filter(([row]) => row !== 30 || cities[6] !== 'Athens'));
});
test('dependency: one wrong key is blamed, not all that hangs on it; a rule of another column is no error', async () => {
  const of = (name: string, f: (k: number) => string) => level(name, 240, (i) => f(i % 24));
  const wrongKey = [level('zip', 240, (i) => (i === 30 ? 'z1' : `z${i % 24}`)), of('city', (k) => `city ${k}`), of('phone', (k) => `p${k}`), of('street', (k) => `s${k}`)];
  expect(await found(wrongKey, 'dependency')).toEqual([[30, 'zip', 'z6']]);
  const measures = level('measure', 400, (i) => `m${i % 10}`);
  const state = level('state', 400, (i) => (i % 40 < 2 ? 'AK' : 'AL'));
  expect(await found([measures, state, level('average', 400, (i) => `${i % 40 < 2 ? 'AK' : 'AL'}_m${i % 10}`)], 'dependency')).toEqual([]);
});
test('disguised missing: words, codes; the suggestion is missing', async () => {
  expect(await found([level('c', 60, (i) => (i === 3 ? 'N/A' : cities[i % 3]))], 'disguised-missing')).toEqual([[3, 'c', '']]);
  expect(await found([numbersOf('n', list(60, (i) => (i % 20 === 3 ? -999 : i % 17)))], 'disguised-missing')).toEqual([[3, 'n', ''], [23, 'n', ''], [43, 'n', '']]);
});
test('numbers: far behind a gap, and not a long tail', async () => {
  const r = sequence(1, 'n');
  expect(await found([numbersOf('n', list(200, (i) => (i === 9 ? 5000 : r.unit() * 10)))], 'number-outlier')).toEqual([[9, 'n', null]]);
  expect(await found([numbersOf('n', list(400, (i) => 1.03 ** i))], 'number-outlier')).toEqual([]);
});
test('keys: rows of one key that disagree', async () => {
  const key = level('key', 60, (i) => `k${i > 57 ? 5 : i}`);
  expect(await found([key, level('a', 60, (i) => (i === 59 ? 'x' : i > 57 ? 'a5' : `a${i}`)), level('b', 60, (i) => `b${i > 57 ? 5 : i}`), level('c', 60, (i) => `c${i > 57 ? 5 : i}`)], 'key-conflict')).toEqual([[59, 'a', 'a5']]);
});
test('evidence of several detectors is joined, the surest gives the reason, and the corrections can be applied', async () => {
  const columns = [level('zip', 240, (i) => `z${i % 24}`), level('city', 240, (i) => (i === 30 ? 'Athxns' : cities[(i % 24) % 8])), numbersOf('n', list(240, (i) => i % 7))];
  const table = makeTable(columns);
  const before = hashTable(table);
  const report = await findSuspects(table, quiet);
  expect(hashTable(table)).toBe(before);
  expect(report.total).toBe(1);
  expect(report.cells[0]).toMatchObject({ row: 30, column: 'city', value: 'Athxns', suggestion: 'Athens' });
  expect(report.cells[0].certainty).toBeGreaterThan(0.95);
  expect(report.byDetector).toEqual([{ detector: report.cells[0].detector, label: detectors.get(report.cells[0].detector).label, column: 'city', cells: 1 }]);
  const steps = cellFixes(report.cells).map((step, k) => ({ id: `${k}`, ...step }));
  expect(cellText(applyClean({ version: 1, steps }, table, alone).table.columns[1], 30)).toBe('Athens');
});
test('noise is left alone; odd tables do no harm; unknown detectors are refused', async () => {
  const r = sequence(5, 'noise');
  expect(await found([numbersOf('a', list(500, () => r.normal())), level('b', 500, () => 'abcdef'[r.below(6)]), textsOf('t', list(500, () => `${cities[r.below(8)]} ${r.below(900)}`)), numbersOf('k', list(500, () => r.below(30)))])).toEqual([]);
  expect(await found([])).toEqual([]);
  expect(await found([numbersOf('a', []), categoriesOf('b', [])])).toEqual([]);
  expect(await found([textsOf('t', list(60, (i) => ['', '\u0000', '__proto__', '('.repeat(3000)][i % 4]))])).toBeDefined();
  await expect(findSuspects(makeTable([]), quiet, { detectors: ['nonsense'] })).rejects.toMatchObject({ code: 'unknown-type' });
});
test('a stop gives what was found so far', async () => {
  const report = await findSuspects(makeTable([level('c', 60, (i) => (i === 3 ? 'N/A' : cities[i % 3]))]), { ...quiet, breathe: async () => 'stop' });
  expect(report).toEqual({ cells: [], total: 0, byDetector: [] });
});
