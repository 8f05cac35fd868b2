// The dialect of a delimited file from its first bytes: every candidate (candidates.ts) is tried (trial.ts), the best score
// wins, and under it the table's extent is found (extent.ts): lines before it, names, the first row of data.
// What the person said is never tried otherwise.
import { candidatesOf, COMMON, isLong } from './candidates.ts';
import type { CsvParams, Dialect } from './dialect.ts';
import { findExtent, type Extent } from './extent.ts';
import { replaceDelimiter } from './long-delimiter.ts';
import { hidesShifts, tryDialect, type Trial } from './trial.ts';

export type Sniffed = Extent & {
  dialect: Dialect;
  /** As written; of several characters when `dialect.delimiter` only stands for it. */
  delimiter: string;
  columns: number;
  trial: Trial;
  /** Every dialect tried, best first, for the person to choose from. */
  tried: { delimiter: string; quote: string; columns: number; score: number }[];
};

/** Rows looked at to compare dialects; the winner is read with more. */
const TRIAL_ROWS = 120;

/** Null when the head holds no row at all. */
export function sniffCsv(head: Uint8Array, isWhole: boolean, params: CsvParams, delimiters: readonly string[] = COMMON): Sniffed | null {
  const trials = candidatesOf(head, params, delimiters).map(({ delimiter, dialect, prior }) => tryDialect(bytesFor(head, delimiter, dialect), isWhole, dialect, delimiter, prior, TRIAL_ROWS));
  trials.sort((a, b) => b.score - a.score);
  const { delimiter, rows } = trials[0];
  if (!rows.length) return null;
  let { dialect } = trials[0];
  const bytes = bytesFor(head, delimiter, dialect);
  const best = tryDialect(bytes, isWhole, dialect, delimiter, 1);
  if (hidesShifts(best.rows, best.columns)) dialect = best.dialect = { ...dialect, isStrict: true };
  return {
    ...findExtent(bytes, best, params),
    dialect,
    delimiter,
    columns: best.columns,
    trial: best,
    tried: trials.map((t) => ({ delimiter: t.delimiter, quote: t.dialect.quote ? String.fromCharCode(t.dialect.quote) : '', columns: t.columns, score: Math.round(t.score * 1000) / 1000 })),
  };
}

/** The head as that dialect splits it: a delimiter of several bytes is one byte there. */
export const bytesFor = (head: Uint8Array, delimiter: string, dialect: Dialect): Uint8Array => (isLong(delimiter) ? replaceDelimiter(head, delimiter, dialect) : head);
