import { expect, test } from 'vitest';
import { defaults } from '../../../../src/core/base/params.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { csvParams } from '../../../../src/core/io/csv/dialect.ts';
import { readDelimited } from '../../../../src/core/io/csv/read-csv.ts';
import type { Opened } from '../../../../src/core/io/open-source.ts';
import { hashTable } from '../../../../src/core/table/hash-table.ts';

/** A file that comes in pieces of `size` bytes. */
const inPieces = (bytes: Uint8Array, size: number): Opened => ({
  name: 'x.csv',
  isPacked: false,
  packing: 'no',
  entry: null,
  share: () => 0,
  async *chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  },
});

const tricky = 'id,naïve,"quo""ted",day\r\n1,"a ""b""\r\nc",é日😀,2020-01-02\r\n2,x,,2020-01-03\r\n3,short\r\n4," y ","z, ",NA\r\n\r\n5,"open,1,2020-01-04\r\n6,w,q,2020-01-05';

test.each([
  ['utf-8', new TextEncoder().encode(`\ufeff${tricky}`)],
  ['utf-16le', new Uint8Array(Uint16Array.from(`\ufeff${tricky}`, (_, i) => `\ufeff${tricky}`.charCodeAt(i)).buffer)],
  ['windows-1252', Uint8Array.from(tricky.replace('日😀', 'ÿ'), (c) => c.charCodeAt(0))],
])('%s: where the pieces are cut makes no difference', async (encoding, bytes) => {
  const read = (size: number) => readDelimited(inPieces(bytes, size), defaults(csvParams), quiet);
  const whole = await read(bytes.length);
  expect(whole.how.encoding).toBe(encoding);
  expect([whole.table.rows, whole.rejected.map((r) => r.line)]).toEqual([4, [5, 8]]);
  for (const size of [1, 2, 3, 5, 7, 16, 50]) {
    const found = await read(size);
    expect(hashTable(found.table)).toBe(hashTable(whole.table));
    expect([found.rejected, found.notes.map((n) => [n.code, n.rows])]).toEqual([whole.rejected, whole.notes.map((n) => [n.code, n.rows])]);
  }
});
