import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { categoriesOf, makeBoolean, makeNumber, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import type { Column } from '../../../../src/core/table/table.ts';

const profileOf = (...columns: Column[]) => profileTable(makeTable(columns), quiet);
const upTo = (n: number, f: (i: number) => number) => numbersOf('x', Array.from({ length: n }, (_, i) => f(i)));

test('numbers: moments, quantiles and counts of known values', async () => {
  const { columns } = await profileOf(numbersOf('x', [1, 2, 2, 3, 4, 0, 9, null]));
  const { number, ...rest } = columns[0];
  expect(rest).toMatchObject({ name: 'x', kind: 'number', rows: 8, missing: 1, distinct: 6, distinctIsExact: true });
  expect(number).toMatchObject({ min: 0, max: 9, mean: 3, zeros: 1, integers: true });
  expect(number!.sd).toBeCloseTo(Math.sqrt(52 / 7), 12);
  expect(number!.skew).toBeCloseTo((-8 - 1 - 1 + 0 + 1 - 27 + 216) / 7 / (52 / 7) ** 1.5, 12);
  expect(number!.quantiles.find((q) => q.q === 0.5)!.value).toBe(2);
  expect(number!.quantiles.find((q) => q.q === 0.25)!.value).toBe(1.5);
  expect(number!.histogram.reduce((n, b) => n + b.count, 0)).toBe(7);
});
test.each([['whole', 1, 5], ['real', 0.37, -2], ['wide', 1e7, 3]])('histogram of %s numbers covers all rows in sensible bins; quantiles match a full sort', async (_name, scale, shift) => {
  const r = sequence(3, 'bins');
  const values = Array.from({ length: 5000 }, () => Math.round(r.normal() * 100) * scale + shift);
  const { columns } = await profileOf(numbersOf('x', values));
  const { histogram, quantiles } = columns[0].number!;
  expect(histogram.length).toBeGreaterThanOrEqual(15);
  expect(histogram.length).toBeLessThanOrEqual(45);
  histogram.forEach((bin, b) => {
    const last = b === histogram.length - 1;
    expect(bin.count).toBe(values.filter((v) => v >= bin.from - 1e-9 && (last ? v <= bin.to + 1e-9 : v < bin.to - 1e-9)).length);
  });
  const sorted = [...values].sort((a, b) => a - b);
  for (const { q, value } of quantiles) {
    const h = q * 4999;
    expect(value).toBeCloseTo(sorted[Math.floor(h)] + (h % 1) * (sorted[Math.ceil(h)] - sorted[Math.floor(h)]), 6);
  }
});
test('distinct is exact to 100,000 and within 2 % beyond', async () => {
  const exact = await profileOf(makeNumber('x', Float64Array.from({ length: 150000 }, (_, i) => (i % 90000) * 1.1)));
  expect(exact.columns[0]).toMatchObject({ distinct: 90000, distinctIsExact: true });
  const many = await profileOf(makeNumber('x', Float64Array.from({ length: 400000 }, (_, i) => i * 1.1)));
  expect(many.columns[0].distinctIsExact).toBe(false);
  expect(Math.abs(many.columns[0].distinct / 400000 - 1)).toBeLessThan(0.02);
});
test('categories, texts, booleans and times', async () => {
  const { columns } = await profileOf(
    categoriesOf('c', ['a', 'b', 'a', null]), textsOf('t', ['é', 'two words', 'é', null]), makeBoolean('b', Uint8Array.of(1, 0, 1, 1)), makeTime('d', Float64Array.of(0, 864e5, 1728e5, 0), 'day'));
  expect(columns[0]).toMatchObject({ distinct: 2, missing: 1, levels: [{ level: 'a', count: 2 }, { level: 'b', count: 1 }], rest: 0 });
  expect(columns[1]).toMatchObject({ distinct: 2, text: { minLength: 1, maxLength: 9 }, levels: [{ level: 'é', count: 2 }, { level: 'two words', count: 1 }] });
  expect(columns[2].number).toMatchObject({ mean: 0.75, min: 0, max: 1 });
  expect(columns[3]).toMatchObject({ distinct: 3, number: { min: 0, max: 1728e5 } });
});
test('pairs have their known values', async () => {
  const x = Array.from({ length: 200 }, (_, i) => i + 0.5);
  const { pairs, sampled } = await profileOf(numbersOf('x', x), numbersOf('double', x.map((v) => 2 * v + 1)), numbersOf('cube', x.map((v) => (v - 50) ** 3)), categoriesOf('half', x.map((v) => (v < 100 ? 'low' : 'high'))), categoriesOf('copy', x.map((v) => (v < 100 ? 'l' : 'h'))), categoriesOf('odd', x.map((v) => `${Math.floor(v) % 2}`)));
  const value = (a: string, b: string, measure: string) => pairs.find((p) => p.a === a && p.b === b && p.measure === measure)!.value;
  expect(sampled).toBe(200);
  expect(value('x', 'double', 'pearson')).toBe(1);
  expect(value('x', 'cube', 'spearman')).toBe(1);
  expect(value('x', 'cube', 'pearson')).toBeLessThan(0.95);
  expect(value('half', 'copy', 'cramers-v')).toBe(1);
  expect(value('half', 'odd', 'cramers-v')).toBe(0);
  expect(value('x', 'half', 'eta')).toBeCloseTo(Math.sqrt(1 - (0.25 * 199) / 198), 3);
  expect(value('x', 'odd', 'eta')).toBe(0);
});
const planted: [string, Column[]][] = [
  ['constant', [numbersOf('x', Array.from({ length: 30 }, () => 4))]],
  ['empty', [numbersOf('x', Array.from({ length: 30 }, () => null))]],
  ['identifier', [upTo(100, (i) => 500 + i)]],
  ['identifier', [categoriesOf('x', Array.from({ length: 100 }, (_, i) => `n${i}`))]],
  ['missing', [numbersOf('x', Array.from({ length: 50 }, (_, i) => (i % 5 ? i % 7 : null)))]],
  ['zeros', [upTo(100, (i) => (i % 2 ? 0 : (i * 7) % 13))]],
  ['suspect-zeros', [upTo(200, (i) => (i % 20 ? 50 + ((i * 37) % 61) : 0))]],
  ['skew', [upTo(300, (i) => (i % 17) + (i % 100 === 7 ? 900 + i : 0))]],
  ['high-cardinality', [categoriesOf('x', Array.from({ length: 600 }, (_, i) => `n${i % 120}`))]],
  ['imbalance', [categoriesOf('x', Array.from({ length: 200 }, (_, i) => (i % 50 ? 'no' : 'yes')))]],
  ['spelling-variants', [categoriesOf('x', Array.from({ length: 60 }, (_, i) => ['Male', 'male ', 'female'][i % 3]))]],
  ['disguised-missing', [upTo(300, (i) => (i % 30 ? (i * 31) % 47 : -999))]],
  ['disguised-missing', [upTo(300, (i) => (i % 30 ? ((i * 31) % 47) - 10.5 : -200))]],
  ['disguised-missing', [categoriesOf('x', Array.from({ length: 60 }, (_, i) => ['red', 'Unknown', 'blue'][i % 3]))]],
  ['not-finite', [makeNumber('x', Float64Array.from({ length: 40 }, (_, i) => (i === 3 ? Infinity : (i * 7) % 11)))]],
  ['high-correlation', [upTo(100, (i) => (i * 37) % 89), { ...upTo(100, (i) => ((i * 37) % 89) * 2 + (i % 2)), name: 'y' }]],
  ['duplicate-rows', [upTo(100, (i) => i % 50)]],
];
test.each(planted)('alert %s is found where it was planted', async (code, columns) => {
  const { alerts } = await profileOf(...columns);
  expect(alerts.map((a) => a.code)).toContain(code);
});
test('plain noise raises no alert', async () => {
  const r = sequence(9, 'noise');
  const { alerts } = await profileOf(
    numbersOf('a', Array.from({ length: 500 }, () => r.normal())), numbersOf('b', Array.from({ length: 500 }, () => r.below(30) - 10)), categoriesOf('c', Array.from({ length: 500 }, () => 'abcdef'[r.below(6)])));
  expect(alerts).toEqual([]);
});
test('duplicates are counted over all rows, missing told from 0', async () => {
  const profile = await profileOf(numbersOf('x', [0, 0, null, 1, 0]), categoriesOf('y', ['a', 'a', 'a', 'a', 'b']));
  expect(profile.duplicateRows).toBe(1);
});
test('wide tables stay quick and say what was left out; empty ones do not fail', async () => {
  const r = sequence(1, 'wide');
  const wide = Array.from({ length: 10000 }, (_, c) => makeNumber(`c${c}`, Float64Array.from({ length: 30 }, () => r.unit())));
  const started = performance.now();
  const profile = await profileOf(...wide);
  expect(performance.now() - started).toBeLessThan(60_000);
  expect(profile.alerts.find((a) => a.code === 'pairs-skipped')!.message).toContain('120 of 10000');
  expect((await profileTable({ rows: 0, columns: [] }, quiet)).columns).toEqual([]);
  expect((await profileOf(numbersOf('x', []), categoriesOf('y', []), textsOf('z', []))).columns.length).toBe(3);
});
