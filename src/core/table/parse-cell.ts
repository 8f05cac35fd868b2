// Text -> a plain value of a column's kind, as rows typed into a form or sent to an exported module are read.
// Null = not readable. Numbers in plain or exponent form; booleans as true/false, yes/no, 1/0; times in ISO 8601, UTC unless
// an offset is written. The inverse of cell.ts: what it prints is read back to the same value. No guess of day/month order.
import { daysFromCivil, daysInMonth } from '../base/civil.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TIME = /^([+-]?\d{4,6})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const MISSING = new Set(['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', '-nan', 'NaT', 'null', 'NULL', 'Null', 'None', '?']);

export function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

export function parseBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'yes' || word === '1' || word === 't' || word === 'y' || word === '1.0') return true;
  return word === 'false' || word === 'no' || word === '0' || word === 'f' || word === 'n' || word === '0.0' ? false : null;
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function parseTime(text: string): number | null {
  const m = TIME.exec(text.trim());
  if (!m) return null;
  const year = Number(m[1]);
  const month = m[2] ? Number(m[2]) : 1;
  const day = m[3] ? Number(m[3]) : 1;
  const hour = m[4] ? Number(m[4]) : 0;
  const minute = m[5] ? Number(m[5]) : 0;
  const second = m[6] ? Number(m[6]) : 0;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 24 || minute > 59 || second > 60) return null;
  const ms = m[7] ? Math.floor(Number(`0.${m[7]}`) * 1000 + 1e-6) : 0;
  return daysFromCivil(year, month, day) * 86400000 + ((hour * 60 + minute - offsetMinutes(m[8])) * 60 + second) * 1000 + ms;
}

function offsetMinutes(zone: string | undefined): number {
  if (!zone || zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone[0] === '-' ? -minutes : minutes;
}

/** True for what the text readers take for "no value" (core/io/text/missing-words.ts; a test holds the two lists together). */
export const isMissingText = (text: string): boolean => MISSING.has(text.trim());
