// A table to a path in the format of its name's ending, CSV for any other name and for standard output.
import { joinBytes } from '../core/io/source.ts';
import { writers } from '../core/io/writers.ts';
import { parseParams } from '../core/base/params.ts';
import { quiet, type Note } from '../core/base/task.ts';
import type { Table } from '../core/table/table.ts';
import { writeOut } from './files.ts';

/** What endings choose, for help. */
export const writtenFormats = writers.all.map((writer) => `.${writer.extension}`).join(', ');

/** What the format cannot hold comes back as notes. Throws not-found when the path cannot be written. */
export async function writeTable(path: string | null, table: Table, options: { spreadsheetSafe: boolean }): Promise<Note[]> {
  const ending = path === null ? '' : path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const writer = writers.all.find((each) => each.extension === ending) ?? writers.get('csv');
  const params = writer.type === 'csv' ? { ...options, ...(ending === 'tsv' ? { delimiter: '\t' } : {}) } : {};
  const { chunks, notes } = await writer.write(table, parseParams(writer.params, params, writer.type), quiet);
  await writeOut(path, joinBytes(chunks));
  return notes;
}
