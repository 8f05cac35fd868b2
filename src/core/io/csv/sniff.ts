// The dialect of a delimited file from its first bytes: every pair of delimiter and quote is tried, and the one wins under
// which the lines split most evenly into cells that look like values (after van den Burg, Nazabal & Sutton 2019, CleverCSV).
// Also: where the table begins (lines before it are not data) and whether its first row holds names.
import { possibleKinds, STRING } from './cell-kinds.ts';
import type { CsvParams, Dialect } from './dialect.ts';
import { cellString, makeCells, makeCursor, tokenize } from './tokenize.ts';

export type Sniffed = {
  dialect: Dialect;
  columns: number;
  /** Lines before the table, with their text. */
  preamble: number;
  hasHeader: boolean;
  /** Every dialect tried, best first, for the person to choose from. */
  tried: { delimiter: string; quote: string; columns: number; score: number }[];
};

type Rows = { cells: string[]; kinds: number[]; line: number }[];
type Trial = { dialect: Dialect; rows: Rows; columns: number; score: number };

const HEAD_ROWS = 400;
const DELIMITERS = [',', ';', '\t', '|', ' '];

/** Null when the head holds no row at all. */
export function sniffCsv(head: Uint8Array, isWhole: boolean, params: CsvParams, delimiters: readonly string[] = DELIMITERS): Sniffed | null {
  const newline = head.includes(10) ? 10 : head.includes(13) ? 13 : 10;
  const trials: Trial[] = [];
  for (const delimiter of params.delimiter === 'auto' ? delimiters : [params.delimiter]) {
    if (params.delimiter === 'auto' && !head.includes(delimiter.charCodeAt(0))) continue;
    for (const quote of params.quote === 'auto' ? ['"', "'"] : [params.quote]) {
      if (params.quote === 'auto' && quote === "'" && !quotesCells(head, delimiter)) continue;
      trials.push(attempt(head, isWhole, makeDialect(head, delimiter, quote, newline, params)));
    }
  }
  if (!trials.length) trials.push(attempt(head, isWhole, makeDialect(head, ',', params.quote === 'auto' ? '"' : params.quote, newline, params)));
  trials.sort((a, b) => b.score - a.score);
  const best = trials[0];
  if (!best.rows.length) return null;
  const begin = tableBegin(best.rows, best.columns);
  return {
    dialect: best.dialect,
    columns: best.columns,
    preamble: begin,
    hasHeader: params.header === 'auto' ? looksLikeHeader(best.rows.slice(begin).filter((row) => row.cells.length === best.columns)) : params.header === 'yes',
    tried: trials.map((t) => ({ delimiter: String.fromCharCode(t.dialect.delimiter), quote: t.dialect.quote ? String.fromCharCode(t.dialect.quote) : '', columns: t.columns, score: Math.round(t.score * 1000) / 1000 })),
  };
}

function makeDialect(head: Uint8Array, delimiter: string, quote: string, newline: number, params: CsvParams): Dialect {
  const q = quote === 'none' ? 0 : quote.charCodeAt(0);
  const escape = params.escape === 'backslash' || (params.escape === 'auto' && q !== 0 && usesBackslash(head, q, delimiter.charCodeAt(0))) ? 92 : 0;
  return { delimiter: delimiter.charCodeAt(0), quote: q, escape, newline };
}

/** True when quotes inside quotes stand behind a backslash: \" that no delimiter or line end follows, and no "". */
function usesBackslash(head: Uint8Array, quote: number, delimiter: number): boolean {
  let behind = 0;
  let doubled = 0;
  for (let i = 1; i < head.length - 1; i++) {
    if (head[i] !== quote) continue;
    const next = head[i + 1];
    if (head[i - 1] === 92 && next !== delimiter && next !== 10 && next !== 13) behind++;
    if (next === quote && head[i - 1] !== delimiter && head[i - 1] !== 10 && head[i + 2] !== delimiter && head[i + 2] !== 10 && head[i + 2] !== 13) doubled++;
  }
  return behind > doubled;
}

/** True when some cell begins with a single quote at the start of a line or behind the delimiter and one ends so. */
function quotesCells(head: Uint8Array, delimiter: string): boolean {
  const d = delimiter.charCodeAt(0);
  let opens = 0;
  let closes = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 39) continue;
    const before = i === 0 ? 10 : head[i - 1];
    const after = i + 1 < head.length ? head[i + 1] : 10;
    if (before === d || before === 10 || before === 13) opens++;
    if (after === d || after === 10 || after === 13) closes++;
  }
  return opens > 0 && closes > 0 && Math.abs(opens - closes) <= 0.1 * opens + 1;
}

function attempt(head: Uint8Array, isWhole: boolean, dialect: Dialect): Trial {
  const window = new Uint8Array(head.length + 1);
  window.set(head);
  const cursor = { ...makeCursor(), bytes: window, end: head.length, isLast: isWhole };
  const cells = makeCells(0, Math.min(head.length + 4096 + HEAD_ROWS, 1 << 22));
  tokenize(cursor, dialect, 0, cells);
  if (cells.rows === 0 && !isWhole) {
    cursor.isLast = true;
    tokenize(cursor, dialect, 0, cells);
  }
  const rows: Rows = [];
  const tally = new Map<number, number>();
  for (let row = 0, slot = 0; row < Math.min(cells.rows, HEAD_ROWS); row++) {
    const out: Rows[number] = { cells: [], kinds: [], line: row };
    for (; slot < cells.rowEnds[row]; slot++) {
      out.cells.push(cellString(window, cells, slot, dialect));
      out.kinds.push(possibleKinds(window, cells.starts[slot], cells.ends[slot], cells.quoted[slot] > 0));
    }
    tally.set(out.cells.length, (tally.get(out.cells.length) ?? 0) + 1);
    rows.push(out);
  }
  let columns = 0;
  let most = 0;
  for (const [width, count] of tally) if (count > most || (count === most && width > columns)) [columns, most] = [width, count];
  columns = withoutTail(rows, columns);
  return { dialect, rows, columns, score: score(rows, columns, most, cursor.rejected.length + cursor.strayQuotes) };
}

/** The width of the first row when every wider one only adds empty cells behind (a delimiter at the end of each line). */
function withoutTail(rows: Rows, columns: number): number {
  const width = rows.length ? rows[0].cells.length : columns;
  if (width < 2 || width >= columns) return columns;
  return rows.every((row) => row.cells.length <= columns && row.cells.slice(width).every((cell) => cell === '')) ? width : columns;
}

/** Evenness x how much of the cells looks like a value, 0..1; a single column counts little, whatever it holds. */
function score(rows: Rows, columns: number, most: number, oddities: number): number {
  if (!rows.length) return -1;
  let cells = 0;
  let typed = 0;
  for (const row of rows) {
    row.kinds.forEach((kinds, k) => {
      cells++;
      if (kinds === 0 || kinds !== STRING) typed++;
      else if (/^[\p{L}\p{N}_][\p{L}\p{N}_ .'()/:&<>=+%#@-]*$/u.test(row.cells[k])) typed += 0.9;
      else if (!/[,;\t|]/.test(row.cells[k])) typed += 0.6;
    });
  }
  const even = most / rows.length;
  const width = columns === 1 ? 0.05 : 1 - 0.5 / columns;
  return even * even * (typed / cells) * width * (1 - Math.min(0.5, oddities / (rows.length * 2)));
}

/** The first row from which on most rows have the table's width. */
function tableBegin(rows: Rows, columns: number): number {
  let begin = 0;
  while (begin < rows.length && rows[begin].cells.length !== columns) begin++;
  return begin < Math.min(rows.length, 50) ? begin : 0;
}

/** Votes column by column: names over numbers are a header, a value that comes again below is not. */
function looksLikeHeader(rows: Rows): boolean {
  if (!rows.length) return true;
  const [first, ...rest] = rows;
  let votes = 0;
  for (let k = 0; k < first.cells.length; k++) {
    const below = rest.map((row) => row.kinds[k]).filter((kinds) => kinds !== 0);
    const isName = first.kinds[k] === STRING;
    const typed = below.filter((kinds) => kinds !== STRING).length;
    if (!below.length) votes += isName ? 0.2 : -0.2;
    else if (typed > below.length * 0.8) votes += isName ? 1 : first.kinds[k] === 0 ? 0 : -1;
    else if (!isName && first.kinds[k] !== 0) votes -= 0.5;
    else if (isName && rest.some((row) => row.cells[k] === first.cells[k])) votes -= 1;
    else votes += 0.1;
  }
  return votes > 0;
}
