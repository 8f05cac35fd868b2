// Several files read as one table: a folder of parts, or the parts within an archive. They must share their columns by name;
// what differs a little is a Note, what shares less than half of the first part's columns is refused, naming the file.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Note, WorkContext } from '../base/task.ts';
import { joinTables, type Part } from './build/join-tables.ts';
import { namesOf, type PickedSource } from './open-source.ts';
import type { Read, ReadOptions } from './read-with.ts';
import type { ReadResult, RejectedRow } from './reader.ts';

export type PartsOptions = ReadOptions & {
  /** Adds a column "file" that says which file a row comes from. */
  readonly fileColumn?: boolean;
};

const MOST_PARTS = 10_000;

/** Parts in order of their names, numbers within them by value (part-2 before part-10). Throws bad-file for a part of other columns. */
export async function readPartsWith(read: Read, sources: readonly PickedSource[], options: PartsOptions, context: WorkContext): Promise<ReadResult> {
  if (sources.length === 0) throw new BarnacleError('empty-file', 'the folder holds no file; choose another', { name: 'folder' });
  if (sources.length > MOST_PARTS) throw new BarnacleError('too-large', `${sources.length} files were given; at most ${MOST_PARTS} are read as one table`, { what: 'files', value: sources.length, limit: MOST_PARTS });
  const { fileColumn = false, ...rest } = options;
  const parts: Part[] = [];
  const rejected: RejectedRow[] = [];
  const hows: JsonObject[] = [];
  const noted = new Map<string, { note: Note; files: number }>();
  const skipped: string[] = [];
  const sorted = [...sources].sort((a, b) => byNumber(labelOf(a), labelOf(b)));
  for (const [k, source] of sorted.entries()) {
    const name = labelOf(source);
    const inner: WorkContext = { ...context, report: (progress) => context.report({ ...progress, done: (k + (progress.done ?? 0)) / sorted.length, text: `${name}: ${progress.text}` }) };
    const result = await read(source, rest, inner).catch((error: unknown) => {
      if (!(error instanceof BarnacleError) || error.code !== 'empty-file') throw error;
      skipped.push(name);
      return null;
    });
    if (!result) continue;
    if (parts.length) checkColumns(parts[0], { name, table: result.table });
    parts.push({ name, table: result.table });
    hows.push(result.how);
    for (const row of result.rejected) rejected.push({ ...row, reason: `${name}: ${row.reason}` });
    for (const note of result.notes) addNote(noted, note);
  }
  if (!parts.length) throw new BarnacleError('empty-file', `none of the ${sources.length} files holds a byte; choose others`, { name: skipped[0] ?? 'folder' });
  const notes: Note[] = [...noted.values()].map(({ note, files }) => (files > 1 ? { ...note, message: `${note.message} (and alike in ${files - 1} more files)` } : note));
  if (skipped.length) notes.push({ code: 'empty-part', message: `${skipped.length} empty files were left out`, column: null, rows: 0, example: skipped[0] });
  const formats = [...new Set(hows.map((how) => String(how['format'])))];
  if (formats.length > 1) notes.push({ code: 'mixed-formats', message: `the files are of several formats: ${formats.join(', ')}`, column: null, rows: null, example: null });
  const table = joinTables(parts, fileColumn, notes);
  return { table, notes, rejected, how: { ...hows[0], parts: parts.map((part) => ({ name: part.name, rows: part.table.rows })) } };
}

/** What a part is called: its entry in an archive, else its name. */
const labelOf = (source: PickedSource): string => source.entry ?? source.name;

function checkColumns(first: Part, part: Part): void {
  const names = new Set(first.table.columns.map((c) => c.name));
  const shared = part.table.columns.filter((c) => names.has(c.name)).length;
  if (shared * 2 >= Math.max(names.size, part.table.columns.length)) return;
  throw new BarnacleError('bad-file', `file "${part.name}" shares ${shared} columns with "${first.name}" (${namesOf(part.table.columns)} against ${namesOf(first.table.columns)}); read it as a table of its own`, { format: 'parts', reason: 'the files have different columns' });
}

function addNote(noted: Map<string, { note: Note; files: number }>, note: Note): void {
  const key = `${note.code} ${note.column ?? ''}`;
  const known = noted.get(key);
  if (!known) noted.set(key, { note, files: 1 });
  else noted.set(key, { note: { ...known.note, rows: known.note.rows === null || note.rows === null ? null : known.note.rows + note.rows }, files: known.files + 1 });
}

function byNumber(a: string, b: string): number {
  const [x, y] = [a, b].map((name) => name.split(/(\d{1,15})/));
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (x[i] === y[i]) continue;
    return i % 2 === 1 && Number(x[i]) !== Number(y[i]) ? Number(x[i]) - Number(y[i]) : x[i] < y[i] ? -1 : 1;
  }
  return x.length - y.length;
}
