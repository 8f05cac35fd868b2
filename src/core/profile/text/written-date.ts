// Dates as people write them in texts: whether day, month or year comes first, by all values of a column, and the date in one.
// An order that no value settles is given as open: it is asked, not guessed.
import { daysInMonth } from '../../base/civil.ts';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ,]+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]m)?)?$/i;

/** Year, month and day of a date written in that order, or null. Two-digit years are of 1970 to 2069. */
export function readDate(text: string, order: DateOrder): { year: number; month: number; day: number } | null {
  const trimmed = text.trim();
  if (trimmed.length > 35) return null;
  const m = order === 'ymd' ? YEAR_FIRST.exec(trimmed) : YEAR_LAST.exec(trimmed);
  if (!m) return null;
  const [a, b, c] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const short = order === 'ymd' ? a : c;
  const year = order !== 'ymd' && m[3].length === 2 ? (short < 70 ? 2000 : 1900) + short : short;
  const [month, day] = order === 'ymd' ? [b, c] : order === 'mdy' ? [a, b] : [b, a];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : null;
}

/** The order that reads the most rows; `isOpen` when day first and month first read equally many. */
export function dateOrderOf(values: readonly { text: string; count: number }[]): { order: DateOrder; rows: number; isOpen: boolean } | null {
  const rows = { ymd: 0, dmy: 0, mdy: 0 };
  const orders: DateOrder[] = ['ymd', 'dmy', 'mdy'];
  for (const { text, count } of values) if (/^\s*\d/.test(text)) for (const order of orders) if (readDate(text, order)) rows[order] += count;
  const best = orders.reduce((held, order) => (rows[order] > rows[held] ? order : held));
  if (!rows[best]) return null;
  return { order: best, rows: rows[best], isOpen: best !== 'ymd' && rows.dmy === rows.mdy };
}
