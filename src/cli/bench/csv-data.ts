// The files of the CSV benchmark, written to a folder: Flights (3 million rows, by npm) with our own writer, and two of
// ../shared/data repeated to about the same size: Adult (words and integers) and BNG breast tumor (doubles of 17 digits).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { quiet } from '../../core/base/task.ts';
import { bytesSource, readTable, writeCsv } from '../../core/io/index.ts';
import type { Door } from '../command.ts';

export type CsvFile = { name: string; path: string; bytes: number };

const size = 1.2e8;

/** Those that can be had; the others are named in leftOut. */
export async function writeFiles(folder: string, leftOut: string[], door: Door): Promise<CsvFile[]> {
  const root = process.env.BARNACLE_ROOT ?? '.';
  const files: CsvFile[] = [];
  const keep = (name: string, text: Uint8Array): void => {
    const path = join(folder, `${files.length}.csv`);
    writeFileSync(path, text);
    files.push({ name, path, bytes: text.length });
  };
  door.progress('writing Flights', null);
  const flights = join(root, 'node_modules/vega-datasets/data/flights-3m.parquet');
  if (!existsSync(flights)) leftOut.push('Flights: vega-datasets is not installed');
  else keep('Flights', writeCsv((await readTable(bytesSource('flights.parquet', new Uint8Array(readFileSync(flights))), {}, quiet)).table));
  for (const [name, file] of [['Adult', 'adult.csv.gz'], ['Breast tumor', 'bng_breasttumor.csv.gz']]) {
    const path = join(root, '../shared/data', file);
    if (existsSync(path)) keep(name, repeated(gunzipSync(readFileSync(path))));
    else leftOut.push(`${name}: shared/data/${file} is not here`);
  }
  return files;
}

/** The rows over and over, the names once. */
function repeated(text: Buffer): Buffer {
  const head = text.indexOf(10) + 1;
  const body = text[text.length - 1] === 10 ? text.subarray(head) : Buffer.concat([text.subarray(head), Buffer.from('\n')]);
  return Buffer.concat([text.subarray(0, head), ...Array<Buffer>(Math.ceil(size / body.length)).fill(body)]);
}
