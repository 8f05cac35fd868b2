// A delimited file -> a Table: settle encoding, dialect and extent on the first bytes, then one pass over all rows, and
// further passes only for columns whose later rows contradicted the first ones, or when the end turns out to be a footer.
// Every row of the file ends in the table or in `rejected`. What was settled is told in `how`, with its evidence.
import type { Json } from '../../base/json.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import { joinBytes } from '../source.ts';
import type { Opened } from '../open-source.ts';
import { sampledRows, tellPart } from '../part.ts';
import type { ReadResult, RejectedRow } from '../reader.ts';
import { headOf } from '../source.ts';
import { looksForeign, NotUtf8, sniffEncoding, type Encoding } from '../text/encoding.ts';
import { bodyChunks, keepTail, type Range, type Tail } from './body-chunks.ts';
import { isLong, UNIT_SEPARATOR } from './candidates.ts';
import { STRING } from './cell-kinds.ts';
import { restartColumn, type ColumnState } from './column-state.ts';
import type { ReadContext } from './csv-kernels.ts';
import type { CsvParams } from './dialect.ts';
import { evidenceOf } from './evidence.ts';
import { finishColumn, isOpenTime, valuesOf } from './finish-column.ts';
import { asideNotes, fileNotes, howOf } from './how-csv.ts';
import { lineFinder } from './line-finder.ts';
import { scanCsv, type Pass } from './scan.ts';
import { tellSentinels } from './sentinels.ts';
import { bytesOfLines, rowsOfNames } from './repeated-names.ts';
import { footerOf, fromLineEnd, TAIL_BYTES, type Aside } from './set-aside.ts';
import type { Cursor } from './tokenize.ts';
import { linesIn, startCsv, type CsvStart } from './start-csv.ts';

export { fileNotes, howOf } from './how-csv.ts';
export { startCsv, type CsvStart } from './start-csv.ts';

export const readDelimited = (opened: Opened, params: CsvParams, context: WorkContext, delimiters?: readonly string[]): Promise<ReadResult> =>
  inEncoding(opened, params, (encoding) => readAs(opened, params, encoding, context, delimiters));

/** Reads in the encoding that the head speaks for, and from the start as windows-1252 when later bytes are not UTF-8. */
export async function inEncoding<R extends { notes: Note[] }>(opened: Opened, params: CsvParams, read: (encoding: Encoding) => Promise<R>): Promise<R> {
  const raw = await headOf(opened.chunks(), 4096);
  const encoding: Encoding = params.encoding === 'auto' ? sniffEncoding(raw) : (params.encoding as Encoding);
  try {
    return await read(encoding);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    const result = await read('windows-1252');
    const isForeign = looksForeign(await headOf(opened.chunks(), 1 << 16));
    result.notes.unshift({ code: 'encoding', message: `byte ${error.offset} is not UTF-8; the file is read as windows-1252${isForeign ? ', but its letters look like another script (Cyrillic, Greek, Chinese): choose its encoding' : ''}`, column: null, rows: null, example: null });
    return result;
  }
}

async function readAs(opened: Opened, params: CsvParams, encoding: Encoding, context: WorkContext, delimiters?: readonly string[]): Promise<ReadResult> {
  let start = await startCsv(opened, params, encoding, delimiters);
  let scanned = await scanAll(opened, encoding, start, start.aside.ranges, params, context);
  let aside = start.aside.rejected;
  const footer = start.isWhole ? null : footerOfTail(scanned, start, params);
  const repeats = await repeatsBehind(opened, encoding, start, scanned);
  if (footer || repeats) {
    start = await startCsv(opened, params, encoding, delimiters);
    aside = [...start.aside.rejected, ...(repeats?.rejected ?? []), ...(footer?.rejected ?? [])];
    const inside = [...start.aside.ranges, ...(repeats?.ranges ?? [])].sort((a, b) => a.from - b.from);
    scanned = await scanAll(opened, encoding, start, [...inside, ...(footer?.ranges ?? [])], params, context);
  }
  const { sniffed, words, notes, kinds, styles, states, broken } = start;
  const { pass, picked, rows } = scanned;
  const rejected = allRejected(pass.cursor.rejected, start, aside);
  pass.cursor.blankLines += sniffed.blankLines;
  pass.cursor.strayQuotes += start.before.strayQuotes;
  pass.cursor.trimmed += start.before.trimmed;
  if (rows === 0 && !rejected.length) notes.push({ code: 'no-rows', message: 'the file holds column names and no rows', column: null, rows: 0, example: null });
  const lineOf = lineFinder(pass, sniffed.line, picked, rejected);
  const evidence: Json[] = [];
  const columns = states.map((state) => {
    const told: Note[] = [];
    const record = evidenceOf(state, 'text', sniffed.names?.[state.place] ?? null, lineOf, told);
    const column = finishColumn(state, stringKind(kinds.get(state.name) ?? kinds.get('*')), words, notes);
    evidence.push({ ...record, kind: column.kind });
    tellSentinels(column, rows, valuesOf(state).range, told);
    valuesOf(state).parts.length = 0;
    notes.push(...told);
    return column;
  });
  notes.push(...fileNotes({ ...pass, cursor: { ...pass.cursor, rejected } }, states, broken.count), ...asideNotes(rejected));
  const part = tellPart(params, picked, { rows: pass.rows, columns: sniffed.columns, kept: states.length }, notes);
  return { table: makeTable(columns, rows), notes, rejected, how: { ...howOf(opened, sniffed, encoding, styles, start.head), columns: evidence, ...part } };
}

/** `rows` in the table; `pass` counts those of the file, `tail` are its last bytes. */
type Scanned = { pass: Pass; picked: Int32Array | null; rows: number; tail: Tail };

/** A sample needs the number of rows first, and so one pass more. */
async function scanAll(opened: Opened, encoding: Encoding, { sniffed, states, words }: CsvStart, without: readonly Range[], params: CsvParams, context: ReadContext): Promise<Scanned> {
  let picked: Int32Array | null = null;
  const tail: Tail = { parts: [], length: 0, total: 0 };
  const body = () => bodyChunks(opened, encoding, sniffed, without, context.csv?.isAscii);
  const scan = (some: readonly ColumnState[], text: string, chunks = body()): Promise<Pass> =>
    scanCsv(chunks, sniffed.dialect, sniffed.columns, 0, some, words, context, (rows) => context.report({ stage: 'read', done: opened.share(), text: text + rows.toLocaleString('en') }), picked);
  if (params.sampleRows) picked = sampledRows((await scan([], 'rows counted: ')).rows, params);
  const first = await scan(states, 'rows read: ', keepTail(body(), TAIL_BYTES, tail));
  for (;;) {
    for (const state of states) settleDates(state, params.dates);
    const failed = states.filter((state) => state.hasFailed);
    if (!failed.length) return { pass: first, picked, rows: picked?.length ?? first.rows, tail };
    failed.forEach(restartColumn);
    await scan(failed, `reading ${failed.length} columns again: `);
  }
}

/** A footer behind the rows of a file that is larger than its head; null when there is none. */
export function footerOfTail({ tail, pass }: { tail: Tail; pass: { cursor: Cursor } }, { sniffed }: CsvStart, params: CsvParams): ReturnType<typeof footerOf> | null {
  const bytes = joinBytes(tail.parts);
  const { newline } = sniffed.dialect;
  const cut = bytes.length < tail.total || bytes.length > TAIL_BYTES ? Math.max(0, bytes.length - TAIL_BYTES) : 0;
  const skip = cut + (tail.total > bytes.length || cut > 0 ? fromLineEnd(bytes.subarray(cut), newline) : 0);
  const last = bytes.subarray(skip);
  const isEnded = last.length > 0 && last[last.length - 1] === newline;
  const line = sniffed.line - 1 + pass.cursor.line - (isEnded ? 0 : 1) - linesIn(last, last.length, newline);
  const found = footerOf(last, tail.total - last.length, line, sniffed, params);
  return found.ranges.length ? found : null;
}

/** Rows behind the head that hold the names again, where their lines are known; null when there are none. */
async function repeatsBehind(opened: Opened, encoding: Encoding, { sniffed, states, aside }: CsvStart, { pass, picked }: Scanned): Promise<Aside | null> {
  const rows = sniffed.names && !picked ? rowsOfNames(states, sniffed.names) : [];
  if (!rows.length) return null;
  const lineOf = lineFinder(pass, 1, null, pass.cursor.rejected);
  const lines = rows.map(lineOf);
  if (lines.includes(null) || aside.ranges.length) return null;
  const found = await bytesOfLines(bodyChunks(opened, encoding, sniffed), lines as number[], sniffed.dialect.newline);
  return { ranges: found.map(({ range }) => range), rejected: found.map(({ text }, i) => ({ line: lines[i]! + sniffed.line - 1, text: text.slice(0, 1000), reason: 'repeats the names' })) };
}

/** The rejected rows of all sources, by line; lines within the table's bytes become lines of the file. */
export function allRejected(found: readonly RejectedRow[], { sniffed }: CsvStart, aside: readonly RejectedRow[]): RejectedRow[] {
  const taken = aside.map((row) => row.line).sort((a, b) => a - b);
  const moved = found.map((row) => {
    let line = row.line + sniffed.line - 1;
    for (const other of taken) if (other <= line) line++;
    return { ...row, line };
  });
  const all = [...sniffed.setAside, ...moved, ...aside].sort((a, b) => a.line - b.line);
  if (!isLong(sniffed.delimiter)) return all;
  return all.map((row) => ({ ...row, text: row.text.replaceAll(String.fromCharCode(UNIT_SEPARATOR), sniffed.delimiter) }));
}

/** Closes an open order by what the person said; without a word the column becomes a string and says so. */
export function settleDates(state: ColumnState, dates: string): void {
  if (state.hasFailed || !isOpenTime(state)) return;
  if (dates === 'dmy') state.isMonthFirst = false;
  else if (dates === 'mdy') state.isDayFirst = false;
  else if (state.isForced) state.isDayFirst = false;
  else {
    state.allowed = STRING;
    state.hasFailed = true;
    state.isOpen = true;
  }
}

/** What a person's word makes of a column of strings. */
export const stringKind = (kind: string | undefined): 'auto' | 'category' | 'text' => (kind === 'text' || kind === 'category' ? kind : 'auto');
