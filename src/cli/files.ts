// Files of this machine as ByteSources, and standard input as one; what cannot be opened is a typed error.
import { access, constants, open, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BarnacleError, isBarnacleError } from '../core/base/errors.ts';
import type { Json } from '../core/base/json.ts';
import { quiet } from '../core/base/task.ts';
import type { ReadContext } from '../core/io/csv/csv-kernels.ts';
import { readParts, readTable } from '../core/io/index.ts';
import { splitOptions } from '../core/io/read-options.ts';
import type { ByteSource, ReadResult } from '../core/io/reader.ts';
import { bytesSource } from '../core/io/source.ts';
import { hashTable } from '../core/table/hash-table.ts';
import { loadCsvKernels } from '../kernels/csv-wasm/index.ts';
import type { Door, Values } from './command.ts';
import { badFlag, textValue } from './values.ts';

/** A ByteSource for a path, or for standard input when it is "-". */
export async function openSource(path: string): Promise<{ source: ByteSource; close(): Promise<void> }> {
  if (path === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return { source: bytesSource('standard input', new Uint8Array(Buffer.concat(chunks))), close: async () => {} };
  }
  const handle = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw unopened(path, cause.code === 'ENOENT' ? 'there is no such file' : (cause.code ?? cause.message), cause);
  });
  const found = await handle.stat();
  if (found.isDirectory()) {
    await handle.close();
    throw unopened(path, 'it is a folder', null);
  }
  const { size } = found;
  const slice = async (start: number, end: number) => {
    const bytes = new Uint8Array(end - start);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
      if (!bytesRead) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  };
  return { source: { name: basename(path), size, slice }, close: () => handle.close() };
}

/** Reads a table and its content hash, telling progress. The files of a folder are read as parts of one table. */
export async function loadTable(path: string, door: Door, options: { format?: string; params?: Json } = {}): Promise<ReadResult & { hash: string; readMs: number; sourceBytes: number }> {
  const paths = await partsOf(path);
  const opened = await Promise.all((paths ?? [path]).map(openSource));
  const sources = opened.map((each) => each.source);
  try {
    const start = performance.now();
    const report = (p: { text: string; done: number | null }) => door.progress(p.text, p.done);
    const context: ReadContext = { ...quiet, now: () => performance.now(), report, csv: await loadCsvKernels() };
    const result = paths ? await readParts(sources, options, context) : await readTable(sources[0], options, context);
    return { ...result, hash: hashTable(result.table), readMs: performance.now() - start, sourceBytes: sources.reduce((sum, source) => sum + source.size, 0) };
  } finally {
    await Promise.all(opened.map((each) => each.close()));
    door.endProgress();
  }
}

/** Warns of rows that reading set aside: they are in no table, so in no model, score or prediction. */
export function warnRejected(rejected: ReadResult['rejected'], path: string, door: Door): void {
  if (rejected.length) door.warn(`warn: ${rejected.length === 1 ? '1 row' : `${rejected.length} rows`} of "${path}" set aside while reading (line ${rejected[0].line}: ${rejected[0].reason})`);
}

/** The files of a folder, hidden ones left out; null when the path is no folder. */
async function partsOf(path: string): Promise<string[] | null> {
  if (!(await isFolder(path))) return null;
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => join(path, entry.name));
}

export const isFolder = async (path: string): Promise<boolean> => path !== '-' && ((await stat(path).catch(() => null))?.isDirectory() ?? false);

/** --read JSON: how a file is to be read, `format` and the reader's params in one object. */
export function readFlag(values: Values): { format?: string; params?: Json } {
  const text = textValue(values, 'read');
  if (text === null) return {};
  const expected = 'a JSON object such as {"delimiter": ";", "header": "no"}';
  try {
    const options = JSON.parse(text) as Json;
    if (options === null || typeof options !== 'object' || Array.isArray(options)) throw badFlag('read', text, expected);
    return splitOptions(options as { [key: string]: Json });
  } catch (error) {
    throw isBarnacleError(error) ? error : badFlag('read', text, expected);
  }
}
export const readFlagHelp: [string, string] = ['--read JSON', 'how to read the file: {"format": ..., and the reader\'s parameters}'];

/** All bytes of a file, or of standard input. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const { source, close } = await openSource(path);
  try {
    return await source.slice(0, source.size);
  } finally {
    await close();
  }
}

/** Writes to a path, or to standard output when it is null. Throws not-found when the path cannot be written. */
export async function writeOut(path: string | null, bytes: Uint8Array | string): Promise<void> {
  if (path === null) await new Promise<void>((done, fail) => process.stdout.write(bytes, (e) => (e && (e as NodeJS.ErrnoException).code !== 'EPIPE' ? fail(e) : done())));
  else await writeFile(path, bytes).catch((cause: NodeJS.ErrnoException) => {
    throw unwritten(path, cause);
  });
}

/** Throws now what writeOut would throw after minutes of training; writes nothing. */
export async function checkWritable(path: string): Promise<void> {
  try {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    await access(found ? path : dirname(path), constants.W_OK);
  } catch (cause) {
    throw unwritten(path, cause as NodeJS.ErrnoException);
  }
}

const unopened = (path: string, reason: string, cause: unknown) => new BarnacleError('not-found', `file "${path}" cannot be opened: ${reason}; check the path`, { what: 'file', id: path }, { cause });
const unwritten = (path: string, cause: NodeJS.ErrnoException) => new BarnacleError('not-found', `file "${path}" cannot be written: ${cause.code === 'ENOENT' ? 'there is no such folder' : cause.code === 'EISDIR' ? 'it is a folder' : (cause.code ?? cause.message)}; check the path`, { what: 'file', id: path }, { cause });
