// What the first bytes of a delimited file settle: dialect and extent, names, and for each column the kinds that its cells
// in the head allow. The head grows until it holds a whole row.
import { BarnacleError } from '../../base/errors.ts';
import type { Note } from '../../base/task.ts';
import { fitNames } from '../build/names.ts';
import type { Opened } from '../open-source.ts';
import { keptColumns } from '../part.ts';
import { headOf } from '../source.ts';
import { utf8Chunks, type Encoding } from '../text/encoding.ts';
import { makeMissingWords, type MissingWords } from '../text/missing-words.ts';
import { newlineOf } from './candidates.ts';
import { ALL, BOOLEAN, NUMBERS, possibleKinds, STRING, STYLE_NUMBERS, styleBit, TIME } from './cell-kinds.ts';
import { makeColumnState, preferredKind, type ColumnState } from './column-state.ts';
import type { CsvParams } from './dialect.ts';
import { footerOf, fromLineEnd, repeatsOf, TAIL_BYTES, type Aside } from './set-aside.ts';
import { bytesFor, sniffCsv, type Sniffed } from './sniff.ts';
import { makeCells, makeCursor, tokenize } from './tokenize.ts';

/** A file that ends within is looked at as a whole; of a larger one the first LARGE_HEAD_BYTES. */
const HEAD_BYTES = 1 << 18;
const LARGE_HEAD_BYTES = 1 << 16;
const MOST_HEAD_BYTES = 1 << 24;
const FORCED: { [kind: string]: number } = { number: NUMBERS, category: STRING, text: STRING, time: TIME, boolean: BOOLEAN };

export type CsvStart = {
  sniffed: Sniffed;
  /** The head as the dialect splits it, and whether it is the whole file. */
  head: Uint8Array;
  isWhole: boolean;
  words: MissingWords;
  notes: Note[];
  kinds: Map<string, string>;
  styles: number[];
  states: ColumnState[];
  /** Rows of the head that are no data. */
  aside: Aside;
  /** What was odd in the names and before them. */
  before: { strayQuotes: number; trimmed: number };
  broken: { count: number };
};

/** Throws empty-file, bad-param, missing-column. Columns that are not kept have no state. */
export async function startCsv(opened: Opened, params: CsvParams, encoding: Encoding, delimiters?: readonly string[]): Promise<CsvStart> {
  const words = wordsOf(params.missing);
  const { raw, isWhole, broken } = await headOfText(opened, encoding);
  params = toldDelimiter(raw, params);
  const sniffed = sniffCsv(raw, isWhole, params, delimiters);
  if (!sniffed) throw new BarnacleError('empty-file', `file "${opened.name}" holds only blank lines; choose another`, { name: opened.name });
  const head = bytesFor(raw, sniffed.delimiter, sniffed.dialect);
  const notes: Note[] = [];
  if (sniffed.odd) notes.push({ code: 'odd-header', message: `${sniffed.odd}; they were made to fit, check them`, column: null, rows: null, example: null });
  const aside = asideInHead(head, isWhole, sniffed, params);
  const names = fitNames(sniffed.names ?? Array.from({ length: sniffed.columns }, (_, k) => `column ${k + 1}`), notes);
  const allowed = allowedKinds(bodyOf(head, sniffed.offset, aside), isWhole, sniffed, words);
  const kinds = kindsOf(params.kinds, names);
  const styles = stylesOf(params.decimal, sniffed.dialect.delimiter, allowed);
  const banned = bannedStyles(params.thousands);
  const kept = keptColumns(params.columns, names);
  const all = names.map((name, place) => {
    const forced = kinds.get(name) ?? kinds.get('*');
    const bits = forced ? forcedBits(FORCED[forced], allowed[place], banned) : allowed[place] === ALL ? ALL & ~banned : allowed[place] & ~banned;
    return makeColumnState(name, place, bits, allowed[place] === ALL && !forced ? 0 : preferredKind(bits, styles), styles, forced !== undefined, words);
  });
  return { sniffed, head, isWhole, words, notes, kinds, styles, states: kept ? all.filter((state) => kept.has(state.name)) : all, aside, before: oddities(head.subarray(0, sniffed.offset), sniffed), broken };
}

/** A first line "sep=;" is Excel's own word on the delimiter; it is no part of the table. */
function toldDelimiter(head: Uint8Array, params: CsvParams): CsvParams {
  const told = params.delimiter === 'auto' && params.preamble < 0 ? /^sep=(.)\r?\n/i.exec(new TextDecoder().decode(head.subarray(0, 16))) : null;
  return told ? { ...params, delimiter: told[1], preamble: 1 } : params;
}

/** Of the kinds that a person's word means, those that the head allows; all of them when it allows none. */
const forcedBits = (bits: number, allowed: number, banned: number): number => bits & allowed & ~banned || bits & ~banned || bits;

async function headOfText(opened: Opened, encoding: Encoding): Promise<{ raw: Uint8Array; isWhole: boolean; broken: { count: number } }> {
  for (let limit = HEAD_BYTES; ; limit *= 8) {
    const broken = { count: 0 };
    const raw = await headOf(utf8Chunks(opened.chunks(), encoding, broken), limit);
    const isWhole = raw.length < limit;
    const newline = newlineOf(raw);
    const head = raw.subarray(0, LARGE_HEAD_BYTES);
    if (!isWhole && head.includes(newline)) return { raw: head, isWhole, broken };
    if (isWhole || limit >= MOST_HEAD_BYTES || raw.includes(newline)) return { raw, isWhole, broken };
  }
}

function asideInHead(head: Uint8Array, isWhole: boolean, sniffed: Sniffed, params: CsvParams): Aside {
  const repeats = repeatsOf(head, isWhole, sniffed);
  if (!isWhole || repeats.ranges.at(-1)?.to === Infinity) return repeats;
  const { offset, dialect } = sniffed;
  const body = head.subarray(offset);
  const skip = body.length > TAIL_BYTES ? body.length - TAIL_BYTES + fromLineEnd(body.subarray(body.length - TAIL_BYTES), dialect.newline) : 0;
  const footer = footerOf(body.subarray(skip), skip, sniffed.line + linesIn(body, skip, dialect.newline), sniffed, params);
  const end = footer.ranges[0]?.from ?? Infinity;
  const before = repeats.ranges.filter((range) => range.from < end);
  return { ranges: [...before, ...footer.ranges], rejected: [...repeats.rejected.slice(0, before.length), ...footer.rejected] };
}

export function linesIn(bytes: Uint8Array, end: number, newline: number): number {
  let lines = 0;
  for (let i = 0; i < end; i++) if (bytes[i] === newline) lines++;
  return lines;
}

function oddities(bytes: Uint8Array, { dialect }: Sniffed): { strayQuotes: number; trimmed: number } {
  const window = new Uint8Array(bytes.length + 4);
  window.set(bytes);
  const cursor = { ...makeCursor(), bytes: window, end: bytes.length, isLast: true };
  tokenize(cursor, dialect, 0, makeCells(0, Math.min(bytes.length + 4096 + 400, 1 << 22)));
  return { strayQuotes: cursor.strayQuotes, trimmed: cursor.trimmed };
}

/** The head's rows of data as one piece. */
function bodyOf(head: Uint8Array, offset: number, { ranges }: Aside): Uint8Array {
  const body = new Uint8Array(head.length - offset + 4);
  let n = 0;
  let from = 0;
  for (const range of [...ranges, { from: Infinity, to: Infinity }]) {
    const part = head.subarray(offset + from, Math.min(head.length, offset + range.from));
    body.set(part, n);
    n += part.length;
    from = Math.min(range.to, head.length - offset);
  }
  return body.subarray(0, n + 4);
}

/** For each column the kinds that all of its cells in the head could be (ALL = no value seen). `body` has four spare bytes. */
function allowedKinds(body: Uint8Array, isWhole: boolean, { columns, dialect }: Sniffed, words: MissingWords): number[] {
  const cursor = { ...makeCursor(), bytes: body, end: body.length - 4, isLast: isWhole };
  const allowed = new Array<number>(columns).fill(ALL);
  const cells = makeCells(columns, Math.max(columns, 1 << 16));
  tokenize(cursor, dialect, columns, cells);
  const { starts, ends, quoted } = cells;
  const known = new Map<number, number>();
  for (let slot = 0, place = 0; slot < cells.rows * columns; slot++, place = place + 1 === columns ? 0 : place + 1) {
    const start = starts[slot];
    const end = ends[slot];
    if (start === end || allowed[place] === STRING) continue;
    const key = end - start <= 3 && quoted[slot] === 0 ? body[start] | (end - start > 1 ? body[start + 1] << 8 : 0) | (end - start > 2 ? body[start + 2] << 16 : 0) | ((end - start) << 24) : -1;
    let kinds = known.get(key);
    if (kinds === undefined) {
      kinds = possibleKinds(body, start, end, quoted[slot] > 0, words);
      if (key >= 0) known.set(key, kinds);
    }
    if (kinds) allowed[place] &= kinds;
  }
  return allowed;
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

/** Preferred number writings: the person's word, else what columns that allow only one say, else the delimiter. */
function stylesOf(decimal: string, delimiter: number, allowed: readonly number[]): number[] {
  const comma = allowed.some((bits) => bits !== ALL && bits & NUMBERS && !(bits & 10) && bits & 20);
  if (decimal === ',' || (decimal === 'auto' && comma)) return [1, 3, 4, 0, 2, 5, 6];
  return decimal === 'auto' && delimiter !== 44 ? [0, 1, 2, 3, 5, 6, 4] : [0, 2, 5, 6, 1, 3, 4];
}

/** The number writings that the person's word on thousands rules out. */
function bannedStyles(thousands: string): number {
  const allowed: { [mark: string]: readonly number[] } = { none: [0, 1], ',': [0, 2], '.': [1, 3], ' ': [0, 1, 4, 5], "'": [0, 6] };
  return STYLE_NUMBERS.filter((style) => !(allowed[thousands] ?? [0, 1, 2, 3]).includes(style)).reduce((bits, style) => bits | styleBit(style), 0);
}
