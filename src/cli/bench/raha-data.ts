// The dirty/clean pairs and clean tables of ../shared/data as tables. A pair is aligned by position, since names differ.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quiet } from '../../core/base/task.ts';
import { bytesSource, readTable } from '../../core/io/index.ts';
import type { Table } from '../../core/table/table.ts';

/** `dirty` as the reader types it; `raw` and `clean` with every cell as it is written ('' = missing). */
export type Pair = { dirty: Table; raw: Table; clean: Table };

const pathOf = (file: string): string => join(process.env.BARNACLE_ROOT ?? '.', '../shared/data', file);

/** Null when the file is absent. */
export async function tableOf(file: string, params: { [key: string]: string } = {}): Promise<Table | null> {
  if (!existsSync(pathOf(file))) return null;
  const { table } = await readTable(bytesSource(file, new Uint8Array(await readFile(pathOf(file)))), { params }, quiet);
  return table;
}

export async function pairOf(name: string): Promise<Pair | null> {
  const files = [`raha_${name}_dirty.csv`, `raha_${name}_clean.csv`];
  const dirty = await tableOf(files[0], { header: 'yes' });
  const raw = await asWritten(files[0]);
  const clean = await asWritten(files[1]);
  return dirty && raw && clean ? { dirty, raw, clean } : null;
}

async function asWritten(file: string): Promise<Table | null> {
  const typed = await tableOf(file, { header: 'yes' });
  return typed && tableOf(file, { header: 'yes', missing: '=', kinds: typed.columns.map((column) => `${column.name} = text`).join('\n') });
}
