import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import { sampledRows } from '../../../../src/core/io/part.ts';

const rows = 1000;
const csvText = `id,name,half\n${Array.from({ length: rows }, (_, i) => `${i},n${i % 7},${i / 2}\n`).join('')}`;
const ndjsonText = Array.from({ length: rows }, (_, i) => `{"id":${i},"name":"n${i % 7}","half":${i / 2}}\n\n`).join('');
const read = (text: string, params: { [key: string]: string | number }, name = 'x.csv') => readTable(bytesSource(name, new TextEncoder().encode(text)), { params }, quiet);

test('a sample has one row of each stretch, in order, and the seed decides', () => {
  const picked = sampledRows(rows, { sampleRows: 10, sampleSeed: 1 })!;
  picked.forEach((row, k) => expect(Math.floor(row / 100)).toBe(k));
  expect([...picked]).not.toEqual([...sampledRows(rows, { sampleRows: 10, sampleSeed: 2 })!]);
  expect(sampledRows(rows, { sampleRows: rows, sampleSeed: 1 })).toBeNull();
});

test.each([['csv', csvText, 'x.csv'], ['ndjson', ndjsonText, 'x.ndjson']])('%s: columns and a sample of rows', async (_, text, name) => {
  const { table, notes, how } = await read(text, { columns: 'id\nhalf', sampleRows: 50, sampleSeed: 3 }, name);
  expect(table.columns.map((c) => c.name)).toEqual(['id', 'half']);
  expect(table.rows).toBe(50);
  const picked = sampledRows(rows, { sampleRows: 50, sampleSeed: 3 })!;
  const [id, half] = table.columns;
  if (id.kind !== 'number' || half.kind !== 'number') throw new Error('numbers expected');
  expect([...id.values]).toEqual([...picked]);
  expect([...half.values]).toEqual([...picked].map((i) => i / 2));
  expect(how['sampled']).toEqual({ rows: 50, of: rows, seed: 3 });
  expect(notes.find((n) => n.code === 'sampled')?.message).toContain('50 of 1000 rows');
});

test('a column that the file does not have is refused by name', async () => {
  await expect(read(csvText, { columns: 'id\nage' })).rejects.toMatchObject({ code: 'missing-column', details: { column: 'age' } });
  await expect(read(ndjsonText, { columns: 'age' }, 'x.ndjson')).rejects.toMatchObject({ code: 'missing-column' });
});

test('a column kept alone is settled by all its rows', async () => {
  const late = `a,b\n${'1,2\n'.repeat(70_000)}1,x\n`;
  const { table } = await read(late, { columns: 'b' });
  expect(table.columns.map((c) => `${c.name} ${c.kind}`)).toEqual(['b category']);
});
