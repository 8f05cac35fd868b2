// What stands inside or behind a table's rows and is no row: found in the head when the file ends there, else in the last
// bytes once they have been read. In: bytes and their rows; out: the ranges to leave out and their rejected rows.
import type { RejectedRow } from '../reader.ts';
import type { Range } from './body-chunks.ts';
import type { CsvParams } from './dialect.ts';
import { findFooter, repeatsNames } from './footer.ts';
import type { Sniffed } from './sniff.ts';
import { tryDialect, type HeadRow } from './trial.ts';

/** How much of the end is looked at. */
export const TAIL_BYTES = 1 << 16;
export type Aside = { ranges: Range[]; rejected: RejectedRow[] };

/** The rows at the end of `body` (its last bytes; `start` is where they begin in the table's bytes, on `line`) that are no data. */
export function footerOf(bytes: Uint8Array, start: number, line: number, sniffed: Sniffed, params: CsvParams): Aside {
  const none: Aside = { ranges: [], rejected: [] };
  if (params.footer === 0) return none;
  const { dialect, columns, trial } = sniffed;
  const { rows } = tryDialect(bytes, true, dialect, sniffed.delimiter, 1, 1 << 16);
  const own = trial.rows.filter((row) => row.start >= sniffed.offset);
  if (params.footer > 0) {
    const first = Math.max(0, rows.length - params.footer);
    return rows.length ? aside(bytes, rows.slice(first), rows.slice(first).map(() => 'set aside as a footer'), start, line, dialect.newline) : none;
  }
  const found = findFooter(rows, start === 0 ? rows : own, columns);
  return found ? aside(bytes, rows.slice(found.first), found.reasons, start, line, dialect.newline) : none;
}

function aside(bytes: Uint8Array, rows: readonly HeadRow[], reasons: readonly string[], start: number, line: number, newline: number): Aside {
  return { ranges: [{ from: start + rows[0].start, to: Infinity }], rejected: rejectedRows(bytes, rows, reasons, line, newline) };
}

/** Rows of the head that repeat the names. Where more names follow in the same row another table begins: all from there on when the file ends in the head. */
export function repeatsOf(bytes: Uint8Array, isWhole: boolean, sniffed: Sniffed): Aside {
  const { names, offset, trial, dialect } = sniffed;
  if (names === null || names.length < 2) return { ranges: [], rejected: [] };
  const body = trial.rows.filter((row) => row.start >= offset);
  const other = isWhole ? body.findIndex((row) => repeatsNames(row, names) && row.cells.slice(names.length).some((cell) => cell !== '')) : -1;
  const rows = (other < 0 ? body : body.slice(0, other)).filter((row) => repeatsNames(row, names));
  const ranges: Range[] = rows.map((row) => ({ from: row.start - offset, to: row.end + 1 - offset }));
  const rejected = rejectedRows(bytes, rows, rows.map(() => 'repeats the names'), 1, dialect.newline);
  if (other < 0) return { ranges, rejected };
  const start = body[other].start;
  const rest = tryDialect(bytes.subarray(start), true, dialect, sniffed.delimiter, 1, 1 << 16).rows;
  const line = rejectedRows(bytes, [body[other]], [''], 1, dialect.newline)[0].line;
  const why = `belongs to another table, which begins on line ${line}`;
  return { ranges: [...ranges, { from: start - offset, to: Infinity }], rejected: [...rejected, ...rejectedRows(bytes.subarray(start), rest, rest.map(() => why), line, dialect.newline)] };
}

function rejectedRows(bytes: Uint8Array, rows: readonly HeadRow[], reasons: readonly string[], line: number, newline: number): RejectedRow[] {
  const out: RejectedRow[] = [];
  let at = 0;
  rows.forEach((row, i) => {
    for (; at < row.start; at++) if (bytes[at] === newline) line++;
    const text = new TextDecoder().decode(bytes.subarray(row.start, Math.min(row.end, row.start + 4000))).replace(/\r$/, '');
    out.push({ line, text: text.length > 1000 ? `${text.slice(0, 997)}...` : text, reason: reasons[i] });
  });
  return out;
}

/** The last whole lines of a stream's last bytes: from the first line end on. */
export function fromLineEnd(bytes: Uint8Array, newline: number): number {
  const at = bytes.indexOf(newline);
  return at < 0 ? bytes.length : at + 1;
}
