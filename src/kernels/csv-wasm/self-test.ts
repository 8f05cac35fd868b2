// A known-answer test of CSV kernels: one small text with every kind of column and oddity, in two chunks, held against the
// reference; about a millisecond.
import { BOOLEAN, NUMBER, NUMBERS, STRING, TIME } from '../../core/io/csv/cell-kinds.ts';
import { makeColumnState, type ColumnState } from '../../core/io/csv/column-state.ts';
import type { CsvKernels } from '../../core/io/csv/csv-kernels.ts';
import { finishColumn } from '../../core/io/csv/finish-column.ts';
import { referenceCsv } from '../../core/io/csv/reference-csv.ts';
import { makeMissingWords } from '../../core/io/text/missing-words.ts';
import type { Column } from '../../core/table/table.ts';

const text = `1,0.5,true,2020-02-29,red
-2, 17.25 ,FALSE,2020/03/01 10:30,"blue, ""dark"""

300,1e-3,NA,2021-12-31T23:59:59.5Z,a level of more than sixteen bytes
NA,,true,,red
1,2
70000,12345678901234567890.5,false,1969-12-31,"two
lines"\r
+5,.25,true,2000-01-01,a level of more than sixteen bites`;

/** What went wrong, or null when the twin gave the reference's columns, counts and rejected rows. */
export function selfTest(kernels: CsvKernels): string | null {
  const expected = readAll(referenceCsv);
  const found = readAll(kernels);
  for (const [part, value] of found) if (value !== expected.get(part)) return `the ${kernels.backend} CSV kernel failed its self-test at ${part}`;
  return null;
}

function readAll(kernels: CsvKernels): Map<string, string> {
  const words = makeMissingWords();
  const dialect = { delimiter: 44, quote: 34, escape: 0, newline: 10 };
  const scan = kernels.open({ dialect, columns: 5, words });
  const kinds = [NUMBER, NUMBER, BOOLEAN, TIME, STRING];
  const states = kinds.map((kind, place) => makeColumnState(`column ${place}`, place, kind & NUMBERS ? NUMBERS | STRING : kind | STRING, kind, [0, 1, 2, 3], false, words));
  const bytes = new TextEncoder().encode(text);
  for (const [from, to, isLast] of [[0, 100, false], [100, bytes.length, true]] as const) {
    scan.load(bytes.subarray(from, to), isLast);
    while (scan.next(3) > 0) for (const state of states) if (!state.hasFailed) scan.feed(state);
  }
  states.forEach((state) => scan.settle(state));
  const { line, blankLines, trimmed, strayQuotes, rejected } = scan.cursor;
  scan.close();
  const out = new Map([['rows', JSON.stringify({ line, blankLines, trimmed, strayQuotes, rejected })]]);
  states.forEach((state, place) => out.set(`column ${place}`, shown(state, finishColumn(state, 'auto', words, []))));
  return out;
}

function shown({ rows, empty, wordCounts, hasFailed }: ColumnState, column: Column): string {
  const arrays = column.kind === 'category' ? [column.codes, column.levels] : column.kind === 'text' ? [column.bytes, column.offsets] : [column.values];
  return JSON.stringify([rows, empty, hasFailed, wordCounts.join(), column.kind, column.missing?.join(), ...arrays.map((array) => `${array.constructor.name} ${array.join()}`)]);
}
