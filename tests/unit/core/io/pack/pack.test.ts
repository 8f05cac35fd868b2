import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { quiet } from '../../../../../src/core/base/task.ts';
import { gunzipChunks } from '../../../../../src/core/io/gunzip.ts';
import { bytesSource, readParts, readTable } from '../../../../../src/core/io/index.ts';
import { inflate } from '../../../../../src/core/io/pack/inflate.ts';
import { unlz4 } from '../../../../../src/core/io/pack/lz4.ts';
import { entryChunks, readZip } from '../../../../../src/core/io/pack/zip.ts';
import { joinBytes } from '../../../../../src/core/io/source.ts';
import { codesOf, readBytes, valuesOf } from '../read.ts';
import { makeZip } from '../make-zip.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const inflated = (bytes: Uint8Array): Uint8Array => joinBytes([...inflate(bytes, 0), new Uint8Array(0)]);
const noise = (n: number, step = 2654435761): Uint8Array => Uint8Array.from({ length: n }, (_, i) => Math.imul(i + 1, step) >>> 21);
/** "a,b\n1,x\n2,y\n" by zstd 1.5 with its checksum. */
const ZSTD = Uint8Array.from(Buffer.from('KLUv/SQMYQAAYSxiCjEseAoyLHkKLp8hRg==', 'base64'));

describe('inflate', () => {
  test.each([['nothing', new Uint8Array(0)], ['text', encode('hello hello hello '.repeat(9000))], ['noise', noise(200_000)], ['zeros', new Uint8Array(3_000_000)]])('%s, at every level', (_, bytes) => {
    for (const level of [0, 1, 6, 9]) expect(Buffer.compare(inflated(deflateRawSync(bytes, { level })), bytes)).toBe(0);
  });

  test('damage is an Error, never a hang', () => {
    const packed = deflateRawSync(noise(3000, 40503));
    for (let at = 0; at < packed.length; at += 3) {
      const damaged = Uint8Array.from(packed);
      damaged[at] ^= 0x55;
      try {
        inflated(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      expect(() => inflated(packed.subarray(0, at))).toThrow('too early');
    }
  });
});

describe('gzip members', () => {
  const two = joinBytes([gzipSync('a,b\n1,x\n'), gzipSync('2,y\n')]);

  test('are read one after the other', async () => {
    expect(valuesOf(await readBytes(two, {}, 'x.csv.gz'), 'a')).toEqual([1, 2]);
  });

  test('also where the platform stops after the first', async () => {
    const native = globalThis.DecompressionStream;
    globalThis.DecompressionStream = class {
      readable = { getReader: () => ({ read: () => Promise.reject(new TypeError('Junk found after end of compressed data.')), cancel: async () => {} }) };
      writable = { getWriter: () => ({ ready: Promise.resolve(), write: async () => {}, close: async () => {}, abort: async () => {} }) };
    } as unknown as typeof DecompressionStream;
    try {
      expect(valuesOf(await readBytes(two, {}, 'x.csv.gz'), 'b')).toEqual(['x', 'y']);
      const damaged = Uint8Array.from(two);
      damaged[two.length - 7] ^= 1;
      await expect(readBytes(damaged, {}, 'x.csv.gz')).rejects.toMatchObject({ code: 'bad-file' });
      const bomb = async (): Promise<void> => {
        for await (const chunk of gunzipChunks(bytesSource('x.gz', gzipSync(new Uint8Array(5_000_000))), 1_000_000)) expect(chunk.length).toBeGreaterThan(0);
      };
      await expect(bomb()).rejects.toMatchObject({ code: 'too-large' });
    } finally {
      globalThis.DecompressionStream = native;
    }
  });
});

describe('zstd', () => {
  test('is unpacked', async () => {
    const result = await readBytes(ZSTD, {}, 'x.csv.zst');
    expect([result.how.packed, valuesOf(result, 'b')]).toEqual(['zstd', ['x', 'y']]);
  });

  test('a cut file is bad-file; a huge window is too-large', async () => {
    await expect(readBytes(ZSTD.subarray(0, 15), {}, 'x.csv.zst')).rejects.toMatchObject({ code: 'bad-file' });
    await expect(readBytes(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), {}, 'x.zst')).rejects.toMatchObject({ code: 'too-large' });
  });
});

test('lz4: literals and matches; lies are Errors', () => {
  const frame = (block: number[]): Uint8Array => Uint8Array.of(4, 0x22, 0x4d, 0x18, 0x40, 0x40, 0, block.length, 0, 0, 0, ...block, 0, 0, 0, 0);
  const block = [0x14, 0x61, 1, 0, 0x10, 0x62];
  expect(new TextDecoder().decode(unlz4(frame(block), 10))).toBe('aaaaaaaaab');
  expect(() => unlz4(frame(block), 9)).toThrow('past the end');
  expect(() => unlz4(frame([0x14, 0x61, 9, 0, 0]), 10)).toThrow('before the beginning');
  expect(() => unlz4(frame([0xf0, 255]), 10)).toThrow('too early');
});

describe('zip', () => {
  const parts = { 'd/part-10.csv': 'a,b\n3,z\n', 'd/part-2.csv': 'a,b\n1,x\n2,y\n' };

  test('one data file is opened, what stands beside it is left', async () => {
    const result = await readBytes(makeZip({ 'README.txt': 'about', '__MACOSX/._x.csv': 'junk', 'd/x.csv': 'a;b\n1;2\n' }), {}, 'x.zip');
    expect(result.how).toMatchObject({ format: 'csv', packed: 'zip', entry: 'd/x.csv', delimiter: ';' });
    expect(valuesOf(result, 'b')).toEqual([2]);
  });

  test('parts become one table, in the order of their numbers', async () => {
    const result = await readBytes(makeZip(parts), { fileColumn: true }, 'x.zip');
    expect(result.how).toMatchObject({ format: 'zip', inside: 'csv' });
    expect([valuesOf(result, 'a'), valuesOf(result, 'file')]).toEqual([[1, 2, 3], ['d/part-2.csv', 'd/part-2.csv', 'd/part-10.csv']]);
  });

  test('of different tables the largest is read and said; another can be chosen with any reader', async () => {
    const archive = makeZip({ 'train.csv': 'a,b\n1,x\n2,y\n', 'stores.csv': 'k,v\n9,8\n', 'notes.md': '# hi' });
    const result = await readBytes(archive, {}, 'x.zip');
    expect([codesOf(result), result.how.entries, valuesOf(result, 'a')]).toEqual([['several-tables'], ['train.csv', 'stores.csv'], [1, 2]]);
    expect(valuesOf(await readBytes(archive, { entry: 'stores.csv' }, 'x.zip'), 'k')).toEqual([9]);
    const picked = await readTable(bytesSource('x.zip', archive), { format: 'csv', params: { entry: 'stores.csv', header: 'no' } }, quiet);
    expect(picked.table.rows).toBe(2);
    await expect(readBytes(archive, { entry: 'x' }, 'x.zip')).rejects.toMatchObject({ code: 'bad-param' });
  });

  test('a gzip within a zip within a gzip', async () => {
    const result = await readBytes(gzipSync(makeZip({ 'x.csv.gz': gzipSync('a,b\n1,2\n') })), {}, 'x.zip.gz');
    expect([result.how.packed, valuesOf(result, 'b')]).toEqual(['gzip > zip > gzip', [2]]);
  });

  test('an archive of several files within an archive; deeper ones are refused', async () => {
    const inner = makeZip(parts);
    expect((await readBytes(makeZip({ 'inner.zip': inner }), {}, 'x.zip')).table.rows).toBe(3);
    expect((await readBytes(makeZip({ 'inner.zip': inner, 'more.csv': 'a,b\n4,x\n' }), {}, 'x.zip')).table.rows).toBe(4);
    let deep = inner;
    for (let k = 0; k < 5; k++) deep = makeZip({ 'a.zip': deep, 'b.zip': inner });
    await expect(readBytes(deep, {}, 'x.zip')).rejects.toMatchObject({ code: 'unsupported-format' });
  });

  test('a name is never a path, an object of that name never a prototype', async () => {
    expect((await readBytes(makeZip({ '../../__proto__.csv': 'a,b\n1,2\n' }), {}, 'x.zip')).how.entry).toBe('../../__proto__.csv');
  });

  test.each([
    ['a lying size', { claimSize: 3 }, 'bad-file'],
    ['a lying larger size', { claimSize: 3000 }, 'bad-file'],
    ['a wrong checksum', { claimCrc: 1 }, 'bad-file'],
    ['a password', { flags: 1 }, 'unsupported-format'],
    ['a rare method', { method: 14 }, 'unsupported-format'],
  ])('%s is told', async (_, options, code) => {
    await expect(readBytes(makeZip({ 'x.csv': 'a,b\n1,2\n' }, options), {}, 'x.zip')).rejects.toMatchObject({ code });
  });

  test('a bomb is stopped by counting', async () => {
    const source = bytesSource('x.zip', makeZip({ 'x.csv': new Uint8Array(300 * 1024 ** 2) }));
    const entries = await readZip(source);
    const unpack = async (limit: number): Promise<void> => {
      for await (const chunk of entryChunks(source, entries[0], limit)) expect(chunk.length).toBeGreaterThan(0);
    };
    await expect(unpack(1e7)).rejects.toMatchObject({ code: 'too-large', details: { limit: 1e7 } });
    await expect(unpack(1e12)).rejects.toMatchObject({ code: 'too-large', details: { what: 'unpacked share' } });
  });

  test('an archive without a table, and an empty one', async () => {
    await expect(readBytes(makeZip({ 'a.png': 'x', 'b.png': 'y' }), {}, 'x.zip')).rejects.toMatchObject({ code: 'bad-file' });
    await expect(readBytes(makeZip({}), {}, 'x.zip')).rejects.toMatchObject({ code: 'bad-file' });
  });
});

describe('several files', () => {
  const files = (texts: { [name: string]: string }) => Object.entries(texts).map(([name, text]) => bytesSource(name, encode(text)));

  test('numbers and strings join as in one file; a lacking column is missing and said', async () => {
    const result = await readParts(files({ 'b.csv': 'x,s\n300,b\n', 'a.csv': 's,x,t\na,1,2020-01-01\n' }), {}, quiet);
    expect([valuesOf(result, 'x'), valuesOf(result, 's'), valuesOf(result, 't')]).toEqual([[1, 300], ['a', 'b'], ['2020-01-01', null]]);
    expect(codesOf(result)).toContain('missing-in-part');
  });

  test('kinds that differ become strings', async () => {
    const result = await readParts(files({ 'a.csv': 'x,y\n1,1\n', 'b.csv': 'x,y\nred,2\n' }), {}, quiet);
    expect([valuesOf(result, 'x'), codesOf(result)]).toEqual([['1', 'red'], ['mixed-kinds']]);
  });

  test('other columns are refused, empty files are left out', async () => {
    await expect(readParts(files({ 'a.csv': 'x,y\n1,1\n', 'b.csv': 'p,q\n1,2\n' }), {}, quiet)).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining('b.csv') as string });
    expect(codesOf(await readParts(files({ 'a.csv': 'x,y\n1,1\n', 'b.csv': '' }), {}, quiet))).toEqual(['empty-part']);
    await expect(readParts([], {}, quiet)).rejects.toMatchObject({ code: 'empty-file' });
  });
});
