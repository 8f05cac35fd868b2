import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { randomUnit } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import { planRead } from '../../../../src/core/io/plan.ts';
import { heldBytes } from '../../../../src/core/table/held-bytes.ts';

const GB = 1e9;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const rows = 220_000;
const cell = (i: number): string => `${i},${(randomUnit(1, 2, i) * 100).toFixed(3)},c${Math.floor(randomUnit(1, 3, i) * 40)},the note of row ${i} is "${i * 7}" long,2021-03-${10 + (i % 20)}`;
const large = encode(`id,x,group,note,day\n${Array.from({ length: rows }, (_, i) => cell(i)).join('\n')}\n`);
const source = (name: string, bytes: Uint8Array) => bytesSource(name, bytes);

async function expectClose(name: string, bytes: Uint8Array): Promise<string> {
  const plan = await planRead(source(name, bytes), {}, GB, quiet);
  const { table } = await readTable(source(name, bytes), {}, quiet);
  const held = heldBytes([table]);
  expect(plan.columns.map((c) => `${c.name} ${c.kind}`)).toEqual(table.columns.map((c) => `${c.name} ${c.kind}`));
  expect(Math.abs(plan.rows / table.rows - 1)).toBeLessThan(0.1);
  expect(Math.abs(plan.bytes / held - 1)).toBeLessThan(0.2);
  expect(plan.fits).toBe(true);
  return plan.basis;
}

test('a small file is planned exactly', async () => {
  const bytes = encode('a,b,c\n1,x,true\n200,y,false\n3,,true\n');
  const { table } = await readTable(source('x.csv', bytes), {}, quiet);
  const plan = await planRead(source('x.csv', bytes), {}, GB, quiet);
  expect([plan.basis, plan.rows, plan.ways]).toEqual(['whole', 3, []]);
  expect(Math.abs(plan.bytes - heldBytes([table]))).toBeLessThanOrEqual(8);
});

test('a large file from parts of it: plain, packed, as lines of JSON and as a list', async () => {
  expect(await expectClose('x.csv', large)).toBe('sample');
  expect(await expectClose('x.csv.gz', new Uint8Array(gzipSync(large)))).toBe('sample');
  const records = Array.from({ length: 150_000 }, (_, i) => `{"id":${i},"name":"n${i % 9}","at":{"x":${i / 4}}}`);
  expect(await expectClose('x.ndjson', encode(records.join('\n')))).toBe('sample');
  expect(await expectClose('x.json', encode(`[${records.join(',\n')}]`))).toBe('sample');
});

test('what does not fit says what to do, and each way fits and can be read', async () => {
  const plan = await planRead(source('x.csv', large), { params: { header: 'yes' } }, 12e6, quiet);
  expect(plan.fits).toBe(false);
  expect(plan.ways.length).toBeGreaterThan(1);
  for (const way of plan.ways) {
    const { table, notes } = await readTable(source('x.csv', large), way.options, quiet);
    expect(table.rows / way.rows).toBeGreaterThan(0.95);
    expect(table.rows / way.rows).toBeLessThan(1.05);
    expect(Math.abs(heldBytes([table]) / way.bytes - 1)).toBeLessThan(0.2);
    expect(notes.some((n) => n.code === 'sampled' || n.code === 'left-out')).toBe(true);
    const again = await planRead(source('x.csv', large), way.options, 12e6, quiet);
    expect(again.fits).toBe(true);
  }
});

test('text left out is recommended when that is enough', async () => {
  const plan = await planRead(source('x.csv', large), {}, 28e6, quiet);
  expect(plan.ways[0].options['params']).toMatchObject({ columns: 'id\nx\ngroup\nday' });
  expect(plan.ways[0].rows).toBe(plan.rows);
});

test('a file of which nothing can be read throws as reading does', async () => {
  await expect(planRead(source('x.csv', encode('')), {}, GB, quiet)).rejects.toMatchObject({ code: 'empty-file' });
});

const shared = '../shared/data';
const here = existsSync(shared);
if (!here) console.warn(`${shared} is absent: plans of real files are not checked`);
test.skipIf(!here).each(['kddcup99_10pct.csv.gz', 'fremtpl2_freq.csv.gz', 'bng_breasttumor.csv.gz', 'fars.csv.gz', 'adult.csv.gz'])('%s: within a fifth, packed and plain', async (file) => {
  const packed = new Uint8Array(readFileSync(`${shared}/${file}`));
  expect(await expectClose(file, packed)).toBe('sample');
  await expectClose(file.replace('.gz', ''), new Uint8Array(gunzipSync(packed)));
});

test('Parquet tells its rows in the footer', async () => {
  const path = 'node_modules/vega-datasets/data/flights-3m.parquet';
  const plan = await planRead(source('flights-3m.parquet', new Uint8Array(readFileSync(path))), {}, 5e7, quiet);
  expect([plan.rows, plan.basis, plan.fits]).toEqual([3_000_000, 'footer', false]);
  expect(plan.ways[0].label).toMatch(/^A sample of/);
});
