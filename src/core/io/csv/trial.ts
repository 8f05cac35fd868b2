// The head of a file read under one dialect: its rows with text and possible kinds of each cell, and how well it fits.
// The score is evenness of the rows x how much of the cells looks like a value (after van den Burg, Nazabal & Sutton 2019,
// CleverCSV), 0..1. Work is bounded: at most HEAD_ROWS rows are looked at.
import { possibleKinds, STRING, TIME } from './cell-kinds.ts';
import type { Dialect } from './dialect.ts';
import { cellString, makeCells, makeCursor, tokenize } from './tokenize.ts';

/** A row of the head: bytes [start, end) of the head, its line end left out. */
export type HeadRow = { cells: string[]; kinds: number[]; quoted: boolean[]; start: number; end: number };
export type Trial = {
  dialect: Dialect;
  /** As the person would write it; longer than a character for "||". */
  delimiter: string;
  rows: HeadRow[];
  columns: number;
  score: number;
  /** Share of rows that have the table's width. */
  even: number;
};

export const HEAD_ROWS = 400;

export function tryDialect(head: Uint8Array, isWhole: boolean, dialect: Dialect, delimiter: string, prior: number, mostRows = HEAD_ROWS): Trial {
  const window = new Uint8Array(head.length + 4);
  window.set(head);
  const cursor = { ...makeCursor(), bytes: window, end: head.length, isLast: isWhole };
  const cells = { ...makeCells(0, Math.min(head.length + 4096 + mostRows, 1 << 22)), capacity: mostRows };
  tokenize(cursor, dialect, 0, cells);
  if (cells.rows === 0 && !isWhole) {
    cursor.isLast = true;
    tokenize(cursor, dialect, 0, cells);
  }
  const rows: HeadRow[] = [];
  const tally = new Map<number, number>();
  for (let row = 0, slot = 0, start = 0; row < cells.rows; row++) {
    const out: HeadRow = { cells: [], kinds: [], quoted: [], start: 0, end: 0 };
    const first = cells.starts[slot];
    const last = cells.ends[cells.rowEnds[row] - 1];
    for (; slot < cells.rowEnds[row]; slot++) {
      out.cells.push(cellString(window, cells, slot, dialect));
      out.kinds.push(possibleKinds(window, cells.starts[slot], cells.ends[slot], cells.quoted[slot] > 0));
      out.quoted.push(cells.quoted[slot] > 0);
    }
    out.end = lineEnd(window, last, head.length, dialect.newline);
    out.start = lineStart(window, start, first, dialect.newline);
    start = out.end + 1;
    tally.set(out.cells.length, (tally.get(out.cells.length) ?? 0) + 1);
    rows.push(out);
  }
  let columns = 0;
  let most = 0;
  for (const [width, count] of tally) if (count > most || (count === most && width > columns)) [columns, most] = [width, count];
  columns = withoutTail(rows, columns);
  return { dialect, delimiter, rows, columns, score: prior * scoreOf(rows, columns, most, cursor.rejected.length + cursor.strayQuotes), even: rows.length ? most / rows.length : 0 };
}

function lineEnd(bytes: Uint8Array, at: number, end: number, newline: number): number {
  while (at < end && bytes[at] !== newline) at++;
  return at;
}

/** Where the row begins: behind the last line end between `from` and its first cell, so that blank lines are no part of it. */
function lineStart(bytes: Uint8Array, from: number, firstCell: number, newline: number): number {
  let at = firstCell;
  while (at > from && bytes[at - 1] !== newline) at--;
  return at;
}

/** The width of the first row when every wider one only adds empty cells behind, and some row does not (stray delimiters at line ends). */
function withoutTail(rows: readonly HeadRow[], columns: number): number {
  const width = rows.length ? rows[0].cells.length : columns;
  if (width < 2 || width >= columns || rows.slice(1).every((row) => row.cells.length === columns)) return columns;
  return rows.every((row) => row.cells.length <= columns && row.cells.slice(width).every((cell) => cell === '')) ? width : columns;
}

/** True when empty cells too many could hide a shifted row: the last column is often empty and few rows have such cells. */
export function hidesShifts(rows: readonly HeadRow[], columns: number): boolean {
  const wide = rows.filter((row) => row.cells.length > columns).length;
  const open = rows.filter((row) => row.cells.length === columns && row.cells[columns - 1] === '').length;
  return columns > 1 && open > rows.length * 0.1 && wide < rows.length * 0.2;
}

/** Evenness x how much of the cells looks like a value; a single column counts little unless all of it is dates. */
function scoreOf(rows: readonly HeadRow[], columns: number, most: number, oddities: number): number {
  if (!rows.length) return -1;
  let cells = 0;
  let typed = 0;
  let times = 0;
  for (const row of rows) {
    for (let k = 0; k < row.kinds.length; k++) {
      const kinds = row.kinds[k];
      cells++;
      if (kinds & TIME) times++;
      if (kinds === 0 || kinds !== STRING) typed++;
      else if (WORDS.test(row.cells[k])) typed += 0.9;
      else if (!/[,;\t|]/.test(row.cells[k])) typed += 0.6;
    }
  }
  const even = most / rows.length;
  const width = columns === 1 ? (times > 1 && times >= rows.length - 1 ? 0.8 : 0.05) : 1 - 0.5 / columns;
  return even * even * (typed / cells) * width * (1 - Math.min(0.5, oddities / (rows.length * 2)));
}

const WORDS = /^[\p{L}\p{N}_][\p{L}\p{N}_ .'()/:&<>=+%#@-]*$/u;
