// Where the table stands in the head of a file: lines before it that are no part of it, the rows of names, the first row.
// Everything before the names is set aside with its line and a reason; nothing is let go.
import type { RejectedRow } from '../reader.ts';
import { COMMON, isLong } from './candidates.ts';
import type { CsvParams } from './dialect.ts';
import { fittedNames, headerRows, joinedNames, looksLikeHeader, looksLikeNames } from './header.ts';
import { tryDialect, type HeadRow, type Trial } from './trial.ts';

export type Extent = {
  /** The names as written, or null when the file has none. */
  names: string[] | null;
  headerRows: number;
  /** Bytes of the head before the first row of data, and that row's line from 1. */
  offset: number;
  line: number;
  setAside: RejectedRow[];
  blankLines: number;
  /** Lines before the names or, without names, before the first row. */
  preamble: number;
  /** Why a header of another width was taken, or null. */
  odd: string | null;
};

/** Lines before the table are looked for among so many rows. */
const DEEPEST = 50;

export function findExtent(head: Uint8Array, trial: Trial, params: CsvParams): Extent {
  const { rows, columns } = trial;
  const asked = params.preamble >= 0 ? rows.findIndex((row) => lineAt(head, row.start, trial) > params.preamble) : -1;
  const begin = asked >= 0 ? asked : tableBegin(rows, columns);
  const body = rows.slice(begin).filter((row) => fits(row, columns)).map((row) => cut(row, columns));
  const wanted = params.header === 'no' ? 0 : params.headerRows >= 0 ? params.headerRows : params.header === 'yes' ? 1 : -1;
  const hasHeader = wanted < 0 ? looksLikeHeader(body) : wanted > 0;
  const odd = asked < 0 && (wanted < 0 ? !hasHeader : wanted === 1 && !looksLikeHeader(body)) ? oddHeader(head, trial, begin) : null;
  if (odd) return { ...settle(head, trial, begin - 1, begin - 1), names: fittedNames(odd.cells, columns, body), headerRows: 1, odd: odd.reason };
  if (!hasHeader) return { ...settle(head, trial, begin, -1), names: null, headerRows: 0, odd: null };
  const count = Math.min(wanted > 0 && params.headerRows > 0 ? wanted : headerRows(body), body.length);
  const last = rows.indexOf(rows.filter((row, i) => i >= begin && fits(row, columns))[count - 1]);
  return { ...settle(head, trial, begin, last), names: joinedNames(body.slice(0, count), columns), headerRows: count, odd: null };
}

export const fits = (row: { cells: string[] }, columns: number): boolean => row.cells.length === columns || (row.cells.length > columns && row.cells.slice(columns).every((cell) => cell === ''));
const cut = (row: HeadRow, columns: number): HeadRow => (row.cells.length === columns ? row : { ...row, cells: row.cells.slice(0, columns), kinds: row.kinds.slice(0, columns) });
export const filled = (row: { cells: string[] }): number => row.cells.reduce((n, cell) => n + (cell === '' ? 0 : 1), 0);

/** The first row of the table's width that is more than a title: one cell in a wide table, or none at all, is no part of it. */
function tableBegin(rows: readonly HeadRow[], columns: number): number {
  const fitting = rows.map((row, i) => ({ row, i })).filter(({ row }) => fits(row, columns));
  if (!fitting.length || fitting[0].i >= DEEPEST) return 0;
  const counts = fitting.map(({ row }) => filled(row)).sort((a, b) => a - b);
  const typical = counts[counts.length >> 1];
  const found = fitting.find(({ row }) => filled(row) > (typical >= 3 ? 1 : 0));
  return found && found.i < DEEPEST ? found.i : fitting[0].i;
}

/** The row before the table, when it holds names in another width or behind another delimiter. */
function oddHeader(head: Uint8Array, { rows, columns, dialect }: Trial, begin: number): { cells: string[]; reason: string } | null {
  if (begin === 0) return null;
  const row = rows[begin - 1];
  if (Math.abs(row.cells.length - columns) <= 2 && looksLikeNames(row)) return { cells: row.cells, reason: `the names are ${row.cells.length} where the rows have ${columns} cells` };
  const line = head.subarray(row.start, row.end);
  for (const delimiter of COMMON) {
    if (delimiter.charCodeAt(0) === dialect.delimiter || isLong(delimiter)) continue;
    const other = tryDialect(line, true, { ...dialect, delimiter: delimiter.charCodeAt(0), eachSpace: delimiter === ' ' }, delimiter, 1, 1).rows[0];
    if (other && other.cells.length === columns && looksLikeNames(other)) return { cells: other.cells, reason: `the names are parted by ${JSON.stringify(delimiter)} and the rows are not` };
  }
  return null;
}

/** Sets aside the lines before row `first`; data begins behind row `lastOfHeader`, or at `first` when that is -1. */
function settle(head: Uint8Array, trial: Trial, first: number, lastOfHeader: number): Pick<Extent, 'offset' | 'line' | 'setAside' | 'blankLines' | 'preamble'> {
  const { rows, columns, dialect } = trial;
  const start = rows[first].start;
  const offset = lastOfHeader < 0 ? start : Math.min(head.length, rows[lastOfHeader].end + 1);
  const widths = new Map(rows.slice(0, first).map((row) => [row.start, row.cells.length]));
  const setAside: RejectedRow[] = [];
  let blankLines = 0;
  let line = 1;
  for (let at = 0; at < start; line++) {
    let end = at;
    while (end < start && head[end] !== dialect.newline) end++;
    const text = new TextDecoder().decode(head.subarray(at, Math.min(end, at + 4000))).replace(/\r$/, '');
    const width = widths.get(at);
    if (text.trim() === '') blankLines++;
    else setAside.push({ line, text: text.length > 1000 ? `${text.slice(0, 997)}...` : text, reason: width !== undefined && width !== columns ? `${width} cells where ${columns} were expected` : 'stands before the table' });
    at = end + 1;
  }
  return { offset, line: lineAt(head, offset, trial), setAside, blankLines, preamble: line - 1 };
}

/** The line, from 1, that byte `offset` stands on. */
function lineAt(head: Uint8Array, offset: number, { dialect }: Trial): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (head[i] === dialect.newline) line++;
  return line;
}
