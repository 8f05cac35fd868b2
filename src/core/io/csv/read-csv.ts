// A delimited file -> a Table: settle encoding and dialect on the first bytes, then one pass over all rows, and further
// passes only for columns whose later rows contradicted the first ones.
// Every row of the file ends in the table or in `rejected`. What was settled is told in `how`.
import { BarnacleError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import { fitNames } from '../build/names.ts';
import type { Opened } from '../open-source.ts';
import { keptColumns, sampledRows, tellPart } from '../part.ts';
import type { ReadResult } from '../reader.ts';
import { headOf } from '../source.ts';
import { NotUtf8, sniffEncoding, utf8Chunks, type Encoding } from '../text/encoding.ts';
import { makeMissingWords, type MissingWords } from '../text/missing-words.ts';
import { ALL, BOOLEAN, NUMBERS, possibleKinds, STRING, TIME } from './cell-kinds.ts';
import { makeColumnState, preferredKind, restartColumn, type ColumnState } from './column-state.ts';
import type { CsvParams } from './dialect.ts';
import { finishColumn, isOpenTime } from './finish-column.ts';
import { scanCsv, type Pass } from './scan.ts';
import { sniffCsv, type Sniffed } from './sniff.ts';
import { cellString, makeCells, makeCursor, tokenize } from './tokenize.ts';

const HEAD_BYTES = 1 << 18;
const FORCED: { [kind: string]: number } = { number: NUMBERS, category: STRING, text: STRING, time: TIME, boolean: BOOLEAN };

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
    result.notes.unshift({ code: 'encoding', message: `byte ${error.offset} is not UTF-8; the file is read as windows-1252`, column: null, rows: null, example: null });
    return result;
  }
}

/** What the first bytes settle: the dialect, the columns as they begin, and how their kinds are chosen. */
export type CsvStart = { sniffed: Sniffed; words: MissingWords; notes: Note[]; kinds: Map<string, string>; styles: number[]; states: ColumnState[]; broken: { count: number } };

/** Throws empty-file, bad-param, missing-column. Columns that are not kept have no state. */
export async function startCsv(opened: Opened, params: CsvParams, encoding: Encoding, delimiters?: readonly string[]): Promise<CsvStart> {
  const words = wordsOf(params.missing);
  const broken = { count: 0 };
  const head = await headOf(utf8Chunks(opened.chunks(), encoding, broken), HEAD_BYTES);
  const sniffed = sniffCsv(head, head.length < HEAD_BYTES, params, delimiters);
  if (!sniffed) throw new BarnacleError('empty-file', `file "${opened.name}" holds only blank lines; choose another`, { name: opened.name });
  const notes: Note[] = [];
  const { names, allowed } = lookAtHead(head, head.length < HEAD_BYTES, sniffed, words, notes);
  const kinds = kindsOf(params.kinds, names);
  const styles = stylesOf(params.decimal, sniffed.dialect.delimiter, allowed);
  const kept = keptColumns(params.columns, names);
  const all = names.map((name, place) => {
    const forced = kinds.get(name) ?? kinds.get('*');
    const bits = forced ? FORCED[forced] : allowed[place];
    return makeColumnState(name, place, bits, bits === ALL ? 0 : preferredKind(bits, styles), styles, forced !== undefined, words);
  });
  return { sniffed, words, notes, kinds, styles, states: kept ? all.filter((state) => kept.has(state.name)) : all, broken };
}

async function readAs(opened: Opened, params: CsvParams, encoding: Encoding, context: WorkContext, delimiters?: readonly string[]): Promise<ReadResult> {
  const start = await startCsv(opened, params, encoding, delimiters);
  const { sniffed, words, notes, kinds, styles, states, broken } = start;
  const { pass, picked, rows } = await scanAll(opened, encoding, start, params, context);
  if (rows === 0 && !pass.cursor.rejected.length) notes.push({ code: 'no-rows', message: 'the file holds column names and no rows', column: null, rows: 0, example: null });
  const columns = states.map((state) => finishColumn(state, stringKind(kinds.get(state.name) ?? kinds.get('*')), words, notes));
  notes.push(...fileNotes(pass, states, broken.count));
  const part = tellPart(params, picked, { rows: pass.rows, columns: sniffed.columns, kept: states.length }, notes);
  return { table: makeTable(columns, rows), notes, rejected: pass.cursor.rejected, how: { ...howOf(opened, sniffed, encoding, styles), ...part } };
}

/** Names, and for each column the kinds that all of its cells in the head could be (ALL = no value seen). */
function lookAtHead(head: Uint8Array, isWhole: boolean, sniffed: Sniffed, words: MissingWords, notes: Note[]): { names: string[]; allowed: number[] } {
  const { columns, dialect } = sniffed;
  const bytes = new Uint8Array(head.length + 4);
  bytes.set(head);
  const cursor = { ...makeCursor(), bytes, end: head.length, isLast: isWhole };
  let names = Array.from({ length: columns }, (_, k) => `column ${k + 1}`);
  if (sniffed.hasHeader) {
    const first = makeCells(columns, columns);
    tokenize(cursor, dialect, columns, first);
    if (first.rows) names = names.map((_, k) => cellString(bytes, first, k, dialect));
  }
  const allowed = new Array<number>(columns).fill(ALL);
  const cells = makeCells(columns, Math.max(columns, 1 << 16));
  tokenize(cursor, dialect, columns, cells);
  for (let slot = 0; slot < cells.rows * columns; slot++) {
    const kinds = possibleKinds(bytes, cells.starts[slot], cells.ends[slot], cells.quoted[slot] > 0, words);
    if (kinds) allowed[slot % columns] &= kinds;
  }
  return { names: fitNames(names, notes), allowed };
}

/** `rows` in the table; `pass` counts those of the file. A sample needs their number first, and so one pass more. */
async function scanAll(opened: Opened, encoding: Encoding, { sniffed, states, words }: CsvStart, params: CsvParams, context: WorkContext): Promise<{ pass: Pass; picked: Int32Array | null; rows: number }> {
  const skip = sniffed.hasHeader ? 1 : 0;
  let picked: Int32Array | null = null;
  const scan = (some: readonly ColumnState[], text: string): Promise<Pass> =>
    scanCsv(utf8Chunks(opened.chunks(), encoding, { count: 0 }), sniffed.dialect, sniffed.columns, skip, some, words, context, (rows) => context.report({ stage: 'read', done: opened.share(), text: text + rows.toLocaleString('en') }), picked);
  if (params.sampleRows) picked = sampledRows((await scan([], 'rows counted: ')).rows, params);
  const first = await scan(states, 'rows read: ');
  for (;;) {
    for (const state of states) settleDates(state, params.dates);
    const failed = states.filter((state) => state.hasFailed);
    if (!failed.length) return { pass: first, picked, rows: picked?.length ?? first.rows };
    failed.forEach(restartColumn);
    await scan(failed, `reading ${failed.length} columns again: `);
  }
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

function wordsOf(text: string): MissingWords {
  const own = text.replace(/^=/, '').split('|').map((word) => word.trim()).filter(Boolean);
  return text.startsWith('=') ? makeMissingWords(own, []) : makeMissingWords(own);
}

function kindsOf(text: string, names: readonly string[]): Map<string, string> {
  const kinds = new Map<string, string>();
  for (const line of text.split('\n')) {
    const cut = line.lastIndexOf('=');
    if (cut < 0) {
      if (line.trim()) throw new BarnacleError('bad-param', `parameter kinds has the line ${JSON.stringify(line)}; expected name = kind`, { path: 'kinds', value: line, expected: 'name = kind' });
      continue;
    }
    const name = line.slice(0, cut).trim();
    const kind = line.slice(cut + 1).trim();
    if (!Object.hasOwn(FORCED, kind)) throw new BarnacleError('bad-param', `kind of "${name}" is ${JSON.stringify(kind)}; expected ${Object.keys(FORCED).join(', ')}`, { path: `kinds.${name}`, value: kind, expected: Object.keys(FORCED).join(', ') });
    if (name !== '*' && !names.includes(name)) throw new BarnacleError('missing-column', `column "${name}" is missing; the file has ${names.slice(0, 12).join(', ')}`, { column: name, known: [...names] });
    kinds.set(name, kind);
  }
  return kinds;
}

/** What a person's word makes of a column of strings. */
export const stringKind = (kind: string | undefined): 'auto' | 'category' | 'text' => (kind === 'text' || kind === 'category' ? kind : 'auto');

/** Preferred number writings: the person's word, else what columns that allow only one say, else the delimiter. */
function stylesOf(decimal: string, delimiter: number, allowed: readonly number[]): number[] {
  const comma = allowed.some((bits) => bits !== ALL && bits & NUMBERS && !(bits & 10) && bits & 20);
  if (decimal === ',' || (decimal === 'auto' && comma)) return [1, 3, 0, 2];
  return decimal === 'auto' && delimiter !== 44 ? [0, 1, 2, 3] : [0, 2, 1, 3];
}

export function fileNotes(pass: Pass, states: readonly ColumnState[], broken: number): Note[] {
  const { cursor } = pass;
  const out: Note[] = [];
  const add = (code: string, rows: number, message: string): void => {
    if (rows) out.push({ code, message, column: null, rows, example: null });
  };
  const empty = states.filter((state) => state.empty > 0);
  const cells = empty.reduce((n, state) => n + state.empty, 0);
  add('empty-cells', cells, `${cells} empty cells in ${empty.length} columns are missing`);
  add('rejected', cursor.rejected.length, `${cursor.rejected.length} rows do not have the table's number of cells and were set aside`);
  add('blank-lines', cursor.blankLines, `${cursor.blankLines} blank lines were skipped`);
  add('trimmed', cursor.trimmed, `blanks around ${cursor.trimmed} cells were taken off`);
  add('stray-quotes', cursor.strayQuotes, `${cursor.strayQuotes} quotes stand in the middle of cells and were kept as characters`);
  add('broken-characters', broken, `${broken} bytes are not UTF-8 and became replacement characters`);
  return out;
}

export function howOf(opened: Opened, sniffed: Sniffed, encoding: Encoding, styles: readonly number[]): JsonObject {
  const { dialect } = sniffed;
  return {
    delimiter: String.fromCharCode(dialect.delimiter),
    quote: dialect.quote ? String.fromCharCode(dialect.quote) : 'none',
    escape: dialect.escape ? 'backslash' : 'double',
    newline: dialect.newline === 13 ? 'cr' : 'lf',
    header: sniffed.hasHeader ? 'yes' : 'no',
    encoding,
    decimal: styles[0] === 1 ? ',' : '.',
    packed: opened.isPacked ? 'gzip' : 'no',
    tried: sniffed.tried.slice(0, 6),
  };
}
