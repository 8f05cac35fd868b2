// How a delimited file was read, as JSON for the person to see and change, and the Notes on the file as a whole.
// `head` holds the first lines as they stand in the file, so that the dialect can be judged beside them.
import type { JsonObject } from '../../base/json.ts';
import type { Note } from '../../base/task.ts';
import type { Opened } from '../open-source.ts';
import type { Encoding } from '../text/encoding.ts';
import { isLong, UNIT_SEPARATOR } from './candidates.ts';
import type { ColumnState } from './column-state.ts';
import type { Pass } from './scan.ts';
import type { Sniffed } from './sniff.ts';

const HEAD_LINES = 20;
const LINE_CHARACTERS = 200;

export function howOf(opened: Opened, sniffed: Sniffed, encoding: Encoding, styles: readonly number[], head: Uint8Array = new Uint8Array(0)): JsonObject {
  const { dialect, delimiter, tried } = sniffed;
  const quote = dialect.quote ? String.fromCharCode(dialect.quote) : 'none';
  const escape = dialect.escape ? 'backslash' : 'double';
  const newline = dialect.newline === 13 ? 'cr' : dialect.newline === 30 ? 'rs' : head.includes(13) ? 'crlf' : 'lf';
  return {
    delimiter,
    quote,
    escape,
    newline,
    header: sniffed.names ? 'yes' : 'no',
    headerRows: sniffed.headerRows,
    preamble: sniffed.preamble,
    encoding,
    decimal: styles[0] === 1 ? ',' : '.',
    packed: opened.packing,
    tried: tried.slice(0, 6),
    dialect: { delimiter, quote, escape, newline, spaces: delimiter === ' ' ? (dialect.eachSpace ? 'each' : 'runs') : null, columns: sniffed.columns, score: tried[0].score, even: Math.round(sniffed.trial.even * 1e4) / 1e4, alternatives: tried.slice(0, 12) },
    head: headLines(head, sniffed),
  };
}

/** The first lines, at most 200 characters of each; a long delimiter stands as it was written. */
function headLines(head: Uint8Array, { dialect, delimiter }: Sniffed): JsonObject[] {
  const out: JsonObject[] = [];
  let at = 0;
  for (let line = 1; line <= HEAD_LINES && at < head.length; line++) {
    let end = at;
    while (end < head.length && head[end] !== dialect.newline) end++;
    let text = new TextDecoder().decode(head.subarray(at, Math.min(end, at + LINE_CHARACTERS * 4))).replace(/\r$/, '');
    if (isLong(delimiter)) text = text.replaceAll(String.fromCharCode(UNIT_SEPARATOR), delimiter);
    out.push({ line, text: text.slice(0, LINE_CHARACTERS) });
    at = end + 1;
  }
  return out;
}

export function fileNotes(pass: Pass, states: readonly ColumnState[], broken: number): Note[] {
  const { cursor } = pass;
  const out: Note[] = [];
  const add = (code: string, rows: number, message: string): void => {
    if (rows) out.push({ code, message, column: null, rows, example: null });
  };
  const empty = states.filter((state) => state.empty > 0);
  const cells = empty.reduce((n, state) => n + state.empty, 0);
  add('empty-cells', cells, `${cells} empty ${cells === 1 ? 'cell' : 'cells'} in ${empty.length} ${empty.length === 1 ? 'column is' : 'columns are'} missing`);
  add('rejected', cursor.rejected.length, `${cursor.rejected.length} rows do not have the table's number of cells and were set aside`);
  add('blank-lines', cursor.blankLines, `${cursor.blankLines} blank lines were skipped`);
  add('trimmed', cursor.trimmed, `blanks around ${cursor.trimmed} cells were taken off`);
  add('stray-quotes', cursor.strayQuotes, `${cursor.strayQuotes} quotes stand in the middle of cells and were kept as characters`);
  add('broken-characters', broken, `${broken} bytes are not UTF-8 and became replacement characters`);
  return out;
}

/** What was set aside because it stands before, within or behind the table, by reason. */
export function asideNotes(rejected: readonly { line: number; reason: string }[]): Note[] {
  const counts = new Map<string, { rows: number; line: number }>();
  for (const { line, reason } of rejected) {
    if (/^\d+ cells where/.test(reason)) continue;
    const found = counts.get(reason) ?? { rows: 0, line };
    found.rows++;
    counts.set(reason, found);
  }
  return [...counts].map(([reason, { rows, line }]) => ({ code: 'set-aside', message: `${rows} ${rows === 1 ? 'row' : 'rows'} set aside: ${reason} (line ${line}${rows > 1 ? ' and on' : ''})`, column: null, rows, example: null }));
}
