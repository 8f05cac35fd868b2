import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { gunzipChunks } from '../../../../src/core/io/gunzip.ts';
import { bytesSource, readers, readTable } from '../../../../src/core/io/index.ts';
import { codesOf, readBytes, readText, valuesOf } from './read.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = `a,b\n${Array.from({ length: 5000 }, (_, i) => `${i},row ${i % 10}`).join('\n')}\n`;

describe('formats', () => {
  test('content beats the name and says so', async () => {
    const result = await readText('[{"a":1},{"a":2}]', {}, 'table.csv');
    expect([result.how.format, codesOf(result)]).toEqual(['json', ['wrong-ending']]);
    expect((await readText('a,b\n1,2\n', {}, 'table.json')).how.format).toBe('csv');
    expect((await readText('a,b\n1,2\n', {}, 'table.parquet')).how.format).toBe('csv');
  });

  test('a format may be named; an unknown one is an error', async () => {
    const result = await readTable(bytesSource('x', encode('a\tb\n1\t2\n')), { format: 'tsv' }, quiet);
    expect(valuesOf(result, 'b')).toEqual([2]);
    await expect(readTable(bytesSource('x', encode('a')), { format: 'xml' }, quiet)).rejects.toMatchObject({ code: 'unknown-type' });
  });

  test.each([
    ['Excel', [0xd0, 0xcf, 0x11, 0xe0, 0, 0]],
    ['ORC', [...encode('ORC')]],
    ['web page', [...encode('\n<!DOCTYPE html><p>Log in')]],
    ['Stata', [115, 1, 1, 0]],
    ['pickle', [0x80, 4, 0x95, 1, 0]],
    ['bzip2', [0x42, 0x5a, 0x68]],
  ])('%s is refused by name', async (name, bytes) => {
    await expect(readBytes(Uint8Array.from(bytes), {}, 'x.csv')).rejects.toMatchObject({ code: 'unsupported-format', message: expect.stringContaining(name) as string });
  });

  test('bytes of no format', async () => {
    await expect(readBytes(Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251), {}, 'x.csv')).rejects.toMatchObject({ code: 'unsupported-format' });
  });

  test('unknown parameters are refused', async () => {
    await expect(readText('a,b\n1,2\n', { seperator: ';' })).rejects.toMatchObject({ code: 'bad-param' });
  });

  test('every reader has a distinct type and ending', () => {
    const endings = readers.all.flatMap((reader) => reader.extensions);
    expect(new Set(endings).size).toBe(endings.length);
  });
});

describe('gzip', () => {
  test('of CSV, JSON and NDJSON', async () => {
    expect((await readBytes(gzipSync(text), {}, 'x.csv.gz')).table.rows).toBe(5000);
    expect((await readBytes(gzipSync('[{"a":1},{"a":2}]'), {}, 'x.json.gz')).how).toMatchObject({ format: 'json', packed: 'gzip' });
    expect(valuesOf(await readBytes(gzipSync('{"a":1}\n{"a":2}\n'), {}, 'x.ndjson.gz'), 'a')).toEqual([1, 2]);
  });

  test('a cut or damaged file is bad-file', async () => {
    const packed = gzipSync(text);
    for (const length of [20, 200, packed.length - 9, packed.length - 1]) await expect(readBytes(packed.subarray(0, length), {}, 'x.csv.gz')).rejects.toMatchObject({ code: 'bad-file' });
    const damaged = Uint8Array.from(packed);
    damaged[packed.length - 6] ^= 0xff;
    await expect(readBytes(damaged, {}, 'x.csv.gz')).rejects.toMatchObject({ code: 'bad-file' });
  });

  test('a packed nothing is an empty file', async () => {
    await expect(readBytes(gzipSync(''), {}, 'x.csv.gz')).rejects.toMatchObject({ code: 'empty-file' });
  });

  test('never unpacks more than the limit', async () => {
    const bomb = gzipSync(new Uint8Array(20_000_000));
    const unpack = async (): Promise<number> => {
      let n = 0;
      for await (const chunk of gunzipChunks(bytesSource('x.gz', bomb), 3_000_000)) n += chunk.length;
      return n;
    };
    await expect(unpack()).rejects.toMatchObject({ code: 'too-large', details: { limit: 3_000_000 } });
  });
});
