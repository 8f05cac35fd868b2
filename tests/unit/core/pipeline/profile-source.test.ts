import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { randomUnit } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import { profileSource } from '../../../../src/core/pipeline/profile-source.ts';
import { loadCsvKernels } from '../../../../src/kernels/csv-wasm/index.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import type { Profile } from '../../../../src/core/profile/profile.ts';

const close = (a: number, b: number, scale: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(a), Math.abs(b), scale));

/** Equal in every field (alerts past the sample size in what they find, not in how many rows: some rules look at the sample, and gaps between dates cannot be seen there); moments to 1e-9 of the spread, quantiles and distinct exactly where they are exact. */
function expectSame(streamed: Profile, whole: Profile): void {
  expect(streamed.columns.map((c) => `${c.name} ${c.kind} ${c.rows}`)).toEqual(whole.columns.map((c) => `${c.name} ${c.kind} ${c.rows}`));
  streamed.columns.forEach((column, c) => {
    const { number, levels, text, ...rest } = column;
    const { number: n, levels: l, text: t, ...others } = whole.columns[c];
    expect(rest).toEqual(others);
    expect(levels).toEqual(l);
    expect(text?.minLength).toBe(t?.minLength);
    expect(text?.maxLength).toBe(t?.maxLength);
    if (text && t) close(text.meanLength, t.meanLength, 1);
    if (!number || !n) return expect(number).toEqual(n);
    const { mean, sd, skew, quantiles, ...exact } = number;
    const { mean: m, sd: s, skew: k, quantiles: q, ...same } = n;
    expect(exact).toEqual(same);
    close(mean, m, s);
    close(sd, s, Math.abs(m) * 1e-3);
    expect(Math.abs(skew - k)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(k)));
    if (column.distinctIsExact) quantiles.forEach(({ value }, i) => close(value, q[i].value, s));
  });
  expect(streamed.duplicateRows).toBe(whole.duplicateRows);
  expect(streamed.pairs).toEqual(whole.pairs);
  expect(streamed.sums).toEqual(whole.sums);
  expect(streamed.sampled).toBe(whole.sampled);
  const alerts = ({ alerts: all, rows, sampled }: Profile): string[] => all.filter((a) => sampled === rows || a.code !== 'date-gaps').map((a) => (sampled < rows ? `${a.code} ${a.column}` : `${a.code} ${a.column} ${a.rows}`)).sort();
  expect(alerts(streamed)).toEqual(alerts(whole));
}

async function both(name: string, bytes: Uint8Array, params: { [key: string]: string } = {}) {
  const source = bytesSource(name, bytes);
  const read = await readTable(source, { params }, quiet);
  const whole = await profileTable(read.table, quiet);
  return { read, whole, streamed: await profileSource(source, { params }, quiet) };
}
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const lines = (rows: number, cell: (i: number) => string): string => Array.from({ length: rows }, (_, i) => cell(i)).join('\n');
const unit = (k: number, i: number): number => randomUnit(7, k, i);

test('all kinds, missing cells, words for missing, quotes, rejected rows', async () => {
  const text = `n,x,flag,when,city,note,gone\n${lines(3000, (i) => (i === 77 ? 'too,few' : `${i % 9 === 0 ? '' : i % 50},${(unit(1, i) * 1000).toFixed(4)},${i % 3 ? 'true' : 'FALSE'},2020-0${1 + (i % 9)}-1${i % 10},${i % 40 === 0 ? 'NA' : `"C, ${i % 5}"`},"said ""${i}""",`))}\n`;
  const { read, whole, streamed } = await both('x.csv', encode(text));
  expect(read.table.columns.map((c) => c.kind)).toEqual(['number', 'number', 'boolean', 'time', 'category', 'text', 'number']);
  expectSame(streamed.profile, whole);
  expect(streamed.rejected).toEqual(read.rejected);
  expect(streamed.notes.map((n) => n.message).sort()).toEqual(read.notes.map((n) => n.message).sort());
});

test('kinds that only late rows settle, in one pass more', async () => {
  const late = 70_000;
  const text = `a,b,c,d,e\n${lines(late, (i) => `${i},${i % 7},3/${1 + (i % 12)}/2020,,true`)}\n${`x,"1,5",13/4/2020,7,no\n`.repeat(3)}`;
  const { read, whole, streamed } = await both('x.csv', encode(text));
  expect(read.table.columns.map((c) => c.kind)).toEqual(['text', 'number', 'time', 'number', 'category']);
  expectSame(streamed.profile, whole);
  const codes = ['almost-typed', 'date-order', 'rejected', 'empty-cells'];
  const told = (notes: typeof read.notes) => notes.filter((n) => codes.includes(n.code)).map((n) => n.message).sort();
  expect(told(streamed.notes).length).toBeGreaterThanOrEqual(3);
  expect(told(streamed.notes)).toEqual(told(read.notes));
});

test('a footer behind a large file is no data', async () => {
  const text = `a,b\n${lines(60_000, (i) => `${i},${i % 7}`)}\n\nSource: the office of numbers\nPrinted on Monday\n`;
  const { read, whole, streamed } = await both('x.csv', encode(text));
  expect(read.table.columns.map((c) => c.kind)).toEqual(['number', 'number']);
  expectSame(streamed.profile, whole);
  expect(streamed.rejectedCount).toBe(read.rejected.length);
  expect(streamed.rejected).toEqual(read.rejected);
});

test('decimal commas, dates that stay open, kinds that a person set', async () => {
  const text = `p;q;d;k\n${lines(500, (i) => `${i},5;1.${100 + (i % 800)},25;0${1 + (i % 9)}/0${1 + (i % 8)}/2021;${i % 4 ? i : 'x'}`)}\n`;
  const { read, whole, streamed } = await both('x.csv', encode(text), { kinds: 'k = number' });
  expect(read.table.columns.map((c) => c.kind)).toEqual(['number', 'number', 'category', 'number']);
  expectSame(streamed.profile, whole);
  expect(streamed.notes.map((n) => n.code).sort()).toEqual(read.notes.map((n) => n.code).sort());
});

test('more values than are counted one by one: quantiles within a quarter of a percent, distinct within three', async () => {
  const rows = 210_000;
  const text = `x,id,word\n${lines(rows, (i) => `${(unit(1, i) ** 3 * 1e6).toFixed(6)},k${i},${i % 3 ? 'often' : `w${i}`}`)}\n`;
  const { read, whole, streamed } = await both('x.csv', encode(text));
  const [x, id, word] = streamed.profile.columns;
  expect([x.distinctIsExact, id.kind, word.kind]).toEqual([false, 'text', 'category']);
  expect(id.distinct).toBe(whole.columns[1].distinct);
  expect(x.distinct).toBe(whole.columns[0].distinct);
  expect(x.number!.histogram).toEqual(whole.columns[0].number!.histogram);
  const first = read.table.columns[0];
  if (first.kind !== 'number') throw new Error('number expected');
  const sorted = Float64Array.from(first.values).sort();
  for (const { q, value } of x.number!.quantiles) {
    const rank = sorted.findIndex((v) => v >= value);
    expect(Math.abs(rank / rows - q)).toBeLessThan(0.0025);
  }
  expect(streamed.notes.some((n) => n.code === 'estimate' && n.column === 'x')).toBe(true);
});

test('a file without a row, and one of only missing cells', async () => {
  const none = await both('x.csv', encode('a,b\n'));
  expect(none.streamed.profile.rows).toBe(0);
  const { whole, streamed } = await both('x.csv', encode('a,b\n,NA\n,NA\n1,\n'));
  expectSame(streamed.profile, whole);
});

test('chosen columns only', async () => {
  const { streamed } = await both('x.csv', encode('a,b,c\n1,2,3\n4,5,6\n'), { columns: 'c\na' });
  expect(streamed.profile.columns.map((c) => c.name)).toEqual(['a', 'c']);
});

test('stopping is heard', async () => {
  await expect(profileSource(bytesSource('x.csv', encode('a\n1\n2\n')), {}, { ...quiet, breathe: async () => 'stop' })).rejects.toMatchObject({ code: 'stopped' });
});

const record = (i: number): string => `{"id":${i},"at":"2021-0${1 + (i % 9)}-1${i % 10}T10:00:00Z","name":"n${i % 300}","home":{"lat":${(unit(3, i) * 90).toFixed(4)}${i % 5 ? '' : ',"city":"c"'}},"ok":${i % 2 === 0}${i > 85_000 ? ',"late":1' : ''},"note":${i % 3 ? 'null' : `"said ${i}"`}}`;

test('NDJSON in pieces, rejected lines among them', async () => {
  const { read, whole, streamed } = await both('x.ndjson', encode(lines(90_000, (i) => (i === 79_999 ? 'no json' : record(i)))));
  expect(streamed.how['streamed']).toBe(true);
  expectSame(streamed.profile, whole);
  expect(streamed.rejected).toEqual(read.rejected);
  expect(streamed.notes.map((n) => n.message).sort()).toEqual(read.notes.map((n) => n.message).sort());
});

test('NDJSON whose pieces disagree on a kind is read whole', async () => {
  const { whole, streamed } = await both('x.ndjson', encode(`${lines(90_000, record)}\n{"id":"a word"}\n`));
  expect(streamed.how['streamed']).toBeUndefined();
  expectSame(streamed.profile, whole);
});

test('Parquet, row group by row group', async () => {
  const bytes = new Uint8Array(readFileSync('node_modules/vega-datasets/data/flights-3m.parquet'));
  const streamed = await profileSource(bytesSource('x.parquet', bytes), { params: { columns: 'delay' } }, quiet);
  expect(streamed.how).toMatchObject({ format: 'parquet', streamed: true });
  expect(streamed.profile.rows).toBe(3_000_000);
  expect(streamed.profile.columns.map((c) => c.kind)).toEqual(['number']);
});

const shared = '../shared/data';
const here = existsSync(shared);
if (!here) console.warn(`${shared} is absent: streamed profiles of real files are not compared`);
test.skipIf(!here).each(['adult.csv.gz', 'dirty_online_retail_germany.csv', 'diamonds.csv.gz', 'dirty_horse_colic.csv'])('%s: as the profile of the whole table', async (file) => {
  const { whole, streamed } = await both(file, new Uint8Array(readFileSync(`${shared}/${file}`)));
  expectSame(streamed.profile, whole);
});

test('the WASM kernels give the very same profile', async () => {
  const text = `n,x,flag,when,city,late\n${lines(70_000, (i) => `${i % 9 === 0 ? '' : i % 50},${(unit(1, i) * 1000).toFixed(4)},${i % 3 ? 'true' : 'FALSE'},${1 + (i % 12)}/${1 + (i % (i > 66_000 ? 28 : 12))}/2020,${i % 40 === 0 ? 'NA' : `"C, ${i % 5}"`},${i > 69_000 ? 'x' : i}`)}\n`;
  const source = bytesSource('x.csv', encode(text));
  const csv = await loadCsvKernels();
  expect(csv.reason).toBeNull();
  const fast = await profileSource(source, {}, { ...quiet, csv });
  expect(fast.profile.columns.map((c) => c.kind)).toEqual(['number', 'number', 'boolean', 'time', 'category', 'text']);
  expect(fast).toEqual(await profileSource(source, {}, quiet));
});
