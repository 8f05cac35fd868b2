// A part of a file that is too large as a whole: the columns to keep, and a seeded sample of its rows.
// The sample is one row drawn from each of n equal stretches: spread over the file, distinct, in order, and for one seed
// always the same. Readers that stream keep nothing else in memory. That it is a part is told in a Note and in `how`.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Params } from '../base/params.ts';
import { randomUnit, streamOf } from '../base/random.ts';
import type { Note } from '../base/task.ts';

export type PartParams = { columns: string; sampleRows: number; sampleSeed: number };

export const partParams: Params<PartParams> = {
  columns: { kind: 'text', label: 'Only these columns', help: 'One name per line; the others are not kept in memory. Empty = all.', fallback: '', maxLength: 1_000_000 },
  sampleRows: { kind: 'number', label: 'Sample of rows', help: 'Read a random sample of so many rows, spread over the whole file. 0 = all rows.', fallback: 0, min: 0, max: 2 ** 31 - 1, integer: true },
  sampleSeed: { kind: 'number', label: 'Seed of the sample', help: 'The same seed gives the same rows.', fallback: 1, min: 0, max: 2 ** 31 - 1, integer: true },
};

/** The names to keep, or null for all. Throws missing-column for a name that the file does not have. */
export function keptColumns(columns: string, names: readonly string[]): ReadonlySet<string> | null {
  const wanted = columns.split('\n').map((line) => line.trim()).filter(Boolean);
  if (!wanted.length) return null;
  for (const name of wanted) if (!names.includes(name)) throw new BarnacleError('missing-column', `column "${name}" is missing; the file has ${names.slice(0, 12).join(', ')}`, { column: name, known: [...names] });
  return new Set(wanted);
}

/** `n` of `rows` row numbers, ascending; null when that is all of them. */
export function sampledRows(rows: number, { sampleRows: n, sampleSeed: seed }: Pick<PartParams, 'sampleRows' | 'sampleSeed'>): Int32Array | null {
  if (n === 0 || n >= rows) return null;
  const stream = streamOf('sample of rows');
  return Int32Array.from({ length: n }, (_, k) => Math.floor(((k + randomUnit(seed, stream, k)) * rows) / n));
}

/** What `how` says of a part; empty when the file was read as a whole. `of` counts columns and rows of the file. */
export function tellPart(params: PartParams, picked: Int32Array | null, of: { rows: number; columns: number; kept: number }, notes: Note[]): JsonObject {
  const how: { [key: string]: number | { [key: string]: number } } = {};
  if (picked) {
    notes.unshift({ code: 'sampled', message: `this is a random sample of ${picked.length} of ${of.rows} rows (seed ${params.sampleSeed}); kinds were settled on the sample`, column: null, rows: picked.length, example: null });
    how['sampled'] = { rows: picked.length, of: of.rows, seed: params.sampleSeed };
  }
  if (of.kept < of.columns) {
    notes.unshift({ code: 'left-out', message: `${of.columns - of.kept} of ${of.columns} columns were left out, as asked`, column: null, rows: null, example: null });
    how['columnsKept'] = of.kept;
  }
  return how;
}
