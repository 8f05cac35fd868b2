// A file of lines (NDJSON) as a BlockStream: pieces of PIECE bytes, cut at line ends, are read by the reader itself. Pass 1
// settles kinds, ranges and Notes over all pieces, pass 2 gives the blocks. Null where pieces do not agree on a column's kind
// or names, or where a piece cannot be read alone: such a file is read whole. A day-or-month order is settled piece by piece.
import { BarnacleError, isBarnacleError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { countBits } from '../../base/bits.ts';
import { columnRows, makeTable } from '../../table/build.ts';
import { columnOfNothing } from '../../table/column-of-nothing.ts';
import type { Column, Table } from '../../table/table.ts';
import type { Opened } from '../open-source.ts';
import type { ReadResult, RejectedRow } from '../reader.ts';
import { joinBytes } from '../source.ts';
import { sniffEncoding } from '../text/encoding.ts';
import { addNotes } from './add-notes.ts';
import { emptyRange, KEPT_REJECTED, widenRange, type BlockStream, type StreamedColumn } from './blocks.ts';

const PIECE = 1 << 23;
/** Notes of a piece that mean that it does not fit the others. */
const UNLIKE = new Set(['mixed-kinds', 'duplicate-name', 'empty-name', 'renamed-columns']);

/** `read` reads one piece as if it were a file. */
export async function streamLines(opened: Opened, context: WorkContext, read: (bytes: Uint8Array) => Promise<ReadResult>): Promise<BlockStream | null> {
  const columns = new Map<string, StreamedColumn>();
  const notes: Note[] = [];
  const rejected: RejectedRow[] = [];
  let rows = 0;
  let rejectedCount = 0;
  let line = 0;
  let how: JsonObject = {};
  for await (const piece of piecesOf(opened)) {
    if (line === 0 && sniffEncoding(piece.subarray(0, 4096)) !== 'utf-8') return null;
    const result = await read(piece).catch((error: unknown) => {
      if (isBarnacleError(error, 'bad-file') || isBarnacleError(error, 'empty-file')) return null;
      throw error;
    });
    if (!result || result.notes.some((note) => UNLIKE.has(note.code))) return null;
    how = result.how;
    addNotes(notes, result.notes.filter((note) => note.code !== 'all-missing'));
    for (const column of result.table.columns) if (!widenColumn(columns, column)) return null;
    for (const row of result.rejected.slice(0, KEPT_REJECTED - rejected.length)) rejected.push({ ...row, line: row.line + line });
    rejectedCount += result.rejected.length;
    rows += result.table.rows;
    for (const byte of piece) if (byte === 10) line++;
    await turn(context, opened.share() / 2, `rows looked at: ${rows.toLocaleString('en')}`);
  }
  const names = [...columns.keys()].filter((name) => columns.get(name)!.kind !== 'number' || isPresent(columns.get(name)!) || ![...columns.keys()].some((other) => other.startsWith(`${name}.`)));
  for (const name of names) if (!isPresent(columns.get(name)!)) notes.push({ code: 'all-missing', message: `column "${name}" holds no value at all`, column: name, rows, example: null });
  if (!rows) return null;
  return {
    rows,
    columns: names.map((name) => columns.get(name)!),
    notes,
    rejected,
    rejectedCount,
    how: { ...how, streamed: true },
    async scan(onBlock) {
      let done = 0;
      for await (const piece of piecesOf(opened)) {
        const { table } = await read(piece);
        onBlock(aligned(table, names.map((name) => columns.get(name)!)));
        done += table.rows;
        await turn(context, 0.5 + opened.share() / 2, `rows profiled: ${done.toLocaleString('en')}`);
      }
    },
  };
}

const isPresent = (column: StreamedColumn): boolean => column.kind === 'strings' || column.range.min <= column.range.max;

/** False when the column is of another kind than in the pieces before; one without a value is of any kind. */
function widenColumn(columns: Map<string, StreamedColumn>, column: Column): boolean {
  const { name, kind } = column;
  const rows = columnRows(column);
  const isEmpty = countBits(column.missing, rows) === rows;
  const strings: StreamedColumn | null = kind === 'category' || kind === 'text' ? { name, kind: 'strings', strings: 'auto' } : null;
  const known = columns.get(name);
  const isNew = known === undefined || (!isEmpty && !isPresent(known));
  const held: StreamedColumn = isNew ? (strings ?? { name, kind: kind as 'number' | 'boolean' | 'time', range: emptyRange() }) : known;
  if (isNew) columns.set(name, held);
  if (isEmpty) return true;
  if (held.kind !== (strings ? 'strings' : kind)) return false;
  if (held.kind !== 'strings' && 'values' in column) widenRange(held.range, column.values, column.missing, rows);
  return true;
}

function aligned(table: Table, columns: readonly StreamedColumn[]): Table {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const fits = (column: Column | undefined, kind: StreamedColumn['kind']): column is Column => column !== undefined && (kind === 'strings' ? column.kind === 'category' || column.kind === 'text' : column.kind === kind);
  return makeTable(columns.map(({ name, kind }) => {
    const column = byName.get(name);
    return fits(column, kind) ? column : columnOfNothing(name, kind === 'strings' ? 'category' : kind, table.rows);
  }), table.rows);
}

async function* piecesOf(opened: Opened): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of opened.chunks()) {
    const end = length + chunk.length >= PIECE ? chunk.lastIndexOf(10) + 1 : 0;
    parts.push(end ? chunk.subarray(0, end) : chunk);
    length += chunk.length;
    if (!end) continue;
    yield joinBytes(parts);
    parts = [chunk.slice(end)];
    length = chunk.length - end;
  }
  const last = joinBytes(parts);
  if (last.some((byte) => byte > 32)) yield last;
}

async function turn(context: WorkContext, done: number, text: string): Promise<void> {
  context.report({ stage: 'read', done, text });
  if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
}
