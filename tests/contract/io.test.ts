// What every reader promises, over one small file of each format: no hang, no silent loss, only typed errors.
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isBarnacleError } from '../../src/core/base/errors.ts';
import { quiet } from '../../src/core/base/task.ts';
import { bytesSource, readers, readTable } from '../../src/core/io/index.ts';
import type { ReadResult } from '../../src/core/io/reader.ts';
import { columnRows } from '../../src/core/table/build.ts';
import { makeZip } from '../unit/core/io/make-zip.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const rows = Array.from({ length: 40 }, (_, i) => ({ id: i, x: i / 8, name: `n${i % 4}`, ok: i % 2 === 0, day: `2020-01-${String((i % 28) + 1).padStart(2, '0')}` }));
const delimited = (d: string): Uint8Array => encode(['id', 'x', 'name', 'ok', 'day'].join(d) + '\n' + rows.map((r) => Object.values(r).join(d)).join('\n') + '\n');
/** Text leaning left and numbers leaning right, in columns of twelve. */
const aligned = (): string => [Object.keys(rows[0]), ...rows.map((r) => Object.values(r).map(String))].map((cells) => cells.map((cell, k) => (k < 2 ? cell.padStart(12) : `  ${cell.padEnd(12)}`)).join('')).join('\n') + '\n';
const lines = (from: number, to: number): string => ['id,x,name,ok,day', ...rows.slice(from, to).map((r) => Object.values(r).join(','))].join('\n');
const golden = (name: string): Uint8Array => {
  const file = new URL(`../golden/io/${name}`, import.meta.url);
  return existsSync(file) ? readFileSync(file) : new Uint8Array(0);
};

/** One whole file of each registered format, each holding the same forty rows. */
const samples: { [type: string]: Uint8Array } = {
  csv: delimited(','),
  tsv: delimited('\t'),
  json: encode(JSON.stringify(rows)),
  ndjson: encode(rows.map((r) => JSON.stringify(r)).join('\n') + '\n'),
  parquet: golden('small.parquet'),
  arrow: golden('small.arrow'),
  avro: golden('small.avro'),
  xlsx: golden('small.xlsx'),
  ods: golden('small.ods'),
  sqlite: golden('small.sqlite'),
  'fixed-width': encode(aligned()),
  zip: makeZip({ 'part-1.csv': lines(0, 20), 'part-2.csv': lines(20, 40) }),
};

/** A table or a typed error; anything else fails the test. */
async function outcome(name: string, bytes: Uint8Array, format?: string): Promise<ReadResult | null> {
  try {
    const result = await readTable(bytesSource(name, bytes), format ? { format } : {}, quiet);
    for (const column of result.table.columns) expect(columnRows(column)).toBe(result.table.rows);
    return result;
  } catch (error) {
    expect(isBarnacleError(error), String(error)).toBe(true);
    return null;
  }
}

describe.each(readers.all.map((reader) => [reader.type, reader] as const))('%s', (type, reader) => {
  const bytes = samples[type];
  const name = `x.${reader.extensions[0]}`;

  test('has a sample here', () => expect(bytes?.length ?? 0).toBeGreaterThan(0));

  test('is chosen for its own file and gives the same table as every other format', async () => {
    const result = await readTable(bytesSource(name, bytes), {}, quiet);
    expect(result.how.format).toBe(type);
    expect([result.table.rows, result.rejected.length]).toEqual([40, 0]);
    const csv = await readTable(bytesSource('x.csv', samples.csv), {}, quiet);
    expect(hashTable(result.table)).toBe(hashTable(csv.table));
  });

  test('reads the same through gzip', async () => {
    const plain = await readTable(bytesSource(name, bytes), {}, quiet);
    const packed = await readTable(bytesSource(`${name}.gz`, gzipSync(bytes)), {}, quiet);
    expect(hashTable(packed.table)).toBe(hashTable(plain.table));
  });

  test('twice the same bytes, twice the same result', async () => {
    const [a, b] = [await outcome(name, bytes), await outcome(name, bytes)];
    expect(JSON.stringify([a?.notes, a?.rejected, a?.how])).toBe(JSON.stringify([b?.notes, b?.rejected, b?.how]));
  });

  test('cut anywhere it gives a table or a typed error', async () => {
    const step = Math.max(1, Math.floor(bytes.length / 150));
    for (let length = 0; length < bytes.length; length += step) {
      const result = await outcome(name, bytes.slice(0, length), type);
      if (result) expect(result.table.rows + result.rejected.length).toBeLessThanOrEqual(41);
    }
  });

  test('with a byte flipped anywhere it gives a table or a typed error', async () => {
    const step = Math.max(1, Math.floor(bytes.length / 150));
    for (let at = 0; at < bytes.length; at += step) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] ^= 0xff;
      await outcome(name, damaged, type);
    }
  });

  test('foreign bytes give a table or a typed error', async () => {
    for (const other of [new Uint8Array(0), Uint8Array.of(0), encode('\n'), encode('"'), encode('{'), encode('PAR1'), encode('PAR1PAR1'), Uint8Array.from({ length: 3000 }, (_, i) => (i * 31) & 255), ...Object.values(samples)]) await outcome('x', other, type);
  });

  test('breathes, and stops when told to', async () => {
    let beats = 0;
    const context = { ...quiet, breathe: async (): Promise<'go' | 'stop'> => (beats++ > 0 ? 'stop' : 'go') };
    const many = type === 'csv' || type === 'tsv';
    if (many) await expect(readTable(bytesSource(name, encode(new TextDecoder().decode(bytes) + '1,1,a,true,2020-01-01\n'.replaceAll(',', type === 'csv' ? ',' : '\t').repeat(20000))), { format: type }, context)).rejects.toMatchObject({ code: 'stopped' });
    else await readTable(bytesSource(name, bytes), { format: type }, context).catch((error: unknown) => expect(isBarnacleError(error, 'stopped')).toBe(true));
  });
});

describe('nothing is lost', () => {
  test.each(['csv', 'tsv'])('%s: rows read + rejected = lines in the file', async (type) => {
    const d = type === 'csv' ? ',' : '\t';
    const lines = Array.from({ length: 3000 }, (_, i) => (i % 17 === 5 ? `${i}${d}x` : i % 29 === 7 ? `${i}${d}y${d}z${d}w` : `${i}${d}y${d}z`));
    const result = await readTable(bytesSource(`x.${type}`, encode(`a${d}b${d}c\n${lines.join('\n')}\n`)), {}, quiet);
    expect(result.table.rows + result.rejected.length).toBe(3000);
    for (const { line, text } of result.rejected) expect(lines[line - 2]).toBe(text);
  });

  test('ndjson: rows read + rejected = lines in the file', async () => {
    const lines = Array.from({ length: 500 }, (_, i) => (i % 7 === 3 ? `{"a":${i}` : `{"a":${i}}`));
    const result = await readTable(bytesSource('x.ndjson', encode(lines.join('\n'))), {}, quiet);
    expect(result.table.rows + result.rejected.length).toBe(500);
  });
});
