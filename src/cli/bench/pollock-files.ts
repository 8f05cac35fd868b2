// The files of the Pollock archive, and each of them loaded by our reader without a word about its dialect.
// Asked for is only that every column stay text and no word mean "missing" (kinds "* = text", missing "="), so that the
// cells can be compared as they stand in the file; delimiter, quote, escape, header, preamble and footer are found by the reader.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBarnacleError } from '../../core/base/errors.ts';
import type { JsonObject } from '../../core/base/json.ts';
import { quiet } from '../../core/base/task.ts';
import { bytesSource, readTable } from '../../core/io/index.ts';
import type { ReadResult } from '../../core/io/reader.ts';
import { cellText } from '../../core/table/cell.ts';

export type Loaded = { rows: string[][] | null; outcome: string; ms: number; result: ReadResult | null };
export const AS_TEXT = { kinds: '* = text', missing: '=' };

/** Runs `work` on the unpacked archive in a folder that is gone afterwards; a line of text when it cannot be unpacked. */
export async function withArchive<T>(name: string, work: (folder: string) => Promise<T>): Promise<T | string> {
  const file = join(process.env.BARNACLE_ROOT ?? '.', '../shared/data', name);
  if (!existsSync(file)) return `shared/data/${name} is not here`;
  const folder = mkdtempSync(join(tmpdir(), 'barnacle-bench-'));
  try {
    const { status, error } = spawnSync('tar', ['xf', file, '-C', folder]);
    if (error || status !== 0) return `tar could not unpack ${name}`;
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const filesOf = (folder: string): string[] => readdirSync(folder).sort();
export const bytesOf = (...path: string[]): Uint8Array => readFileSync(join(...path));

/** The file read under the name "table.csv", so that its own name says nothing. */
export async function loadBlind(bytes: Uint8Array): Promise<Loaded> {
  const start = performance.now();
  try {
    const result = await readTable(bytesSource('table.csv', bytes), { params: AS_TEXT }, quiet);
    return { rows: textRows(result), outcome: 'loaded', ms: performance.now() - start, result };
  } catch (error) {
    return { rows: null, outcome: isBarnacleError(error) ? error.code : `CRASH ${String(error)}`, ms: performance.now() - start, result: null };
  }
}

/** The table as rows of text: the names as written when the file has names, then the rows; a missing cell is ''. */
export function textRows({ table, how }: ReadResult): string[][] {
  const written = (how.columns as JsonObject[] | undefined) ?? [];
  const names = table.columns.map((column, k) => (typeof written[k]?.written === 'string' ? written[k].written : column.name));
  const rows = Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => cellText(column, row) ?? ''));
  return how.header === 'yes' ? [names, ...rows] : rows;
}
