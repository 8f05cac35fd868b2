// Text -> milliseconds since 1970 UTC by a declared order of day, month and year; null = not readable as that order.
// Four digits first are a year whatever the order; month names decide for themselves; two-digit years are 1969 to 2068
// (POSIX). Times may follow, with seconds, fractions, AM or PM, Z or an offset. Nothing is guessed from other rows.
import { daysFromCivil, daysInMonth } from '../base/civil.ts';
import { parseTime } from '../table/parse-cell.ts';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'sept', 'september', 'october', 'november', 'december'];
const CLOCK = '(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*([ap]\\.?m\\.?)?\\s*(Z|[+-]\\d{2}:?\\d{2})?)?';
const NUMERIC = new RegExp(`^(\\d{1,4})[-/. ](\\d{1,2})[-/. ](\\d{1,4})${CLOCK}$`, 'i');
const COMPACT = /^(\d{2})(\d{2})(\d{2})(\d{2})$/;
const DAY_NAME = new RegExp(`^(?:[a-z]{3,9},? )?(\\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3,9})\\.?,?[-/. ]+(\\d{4}|\\d{2})${CLOCK}$`, 'i');
const NAME_DAY = new RegExp(`^(?:[a-z]{3,9},? )?([a-z]{3,9})\\.?[-/. ]+(\\d{1,2})(?:st|nd|rd|th)?,?[-/. ]+(\\d{4})${CLOCK}$`, 'i');

/** A reader for that order. */
export function timeReader(order: DateOrder): (text: string) => number | null {
  return (given) => {
    const text = given.trim();
    if (text.length < 4 || text.length > 60) return null;
    const iso = parseTime(text);
    if (iso !== null) return /^\d{5,}$/.test(text) ? compact(text, order) : iso;
    const m = NUMERIC.exec(text);
    if (m) {
      const parts = [m[1], m[2], m[3]];
      if (m[1].length > 2) return m[1].length === 4 && m[3].length <= 2 ? at(m[1], m[2], m[3], m) : null;
      const y = parts[order === 'ymd' ? 0 : 2];
      const mo = parts[order === 'mdy' ? 0 : 1];
      const d = parts[order === 'ymd' ? 2 : order === 'dmy' ? 0 : 1];
      return at(y, mo, d, m);
    }
    const dn = DAY_NAME.exec(text);
    if (dn) return named(dn[3], dn[2], dn[1], dn);
    const nd = NAME_DAY.exec(text);
    if (nd) return named(nd[3], nd[1], nd[2], nd);
    return compact(text, order);
  };
}

function compact(text: string, order: DateOrder): number | null {
  const m = COMPACT.exec(text);
  if (!m) return null;
  if (order === 'ymd') return at(m[1] + m[2], m[3], m[4], null);
  return order === 'dmy' ? at(m[3] + m[4], m[2], m[1], null) : at(m[3] + m[4], m[1], m[2], null);
}

function named(year: string, month: string, day: string, clock: RegExpExecArray): number | null {
  const index = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  if (index < 0 || (month.length > 3 && !LONG.includes(month.toLowerCase()))) return null;
  return at(year, String(index + 1), day, clock);
}

function at(yearText: string, monthText: string, dayText: string, clock: RegExpExecArray | null): number | null {
  if (yearText.length === 3 || dayText.length > 2) return null;
  const short = Number(yearText);
  const year = yearText.length > 2 ? short : short < 69 ? 2000 + short : 1900 + short;
  const month = Number(monthText);
  const day = Number(dayText);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const time = clock?.[4] === undefined ? 0 : clockMs(clock);
  return time === null ? null : daysFromCivil(year, month, day) * 86400000 + time;
}

function clockMs(m: RegExpExecArray): number | null {
  let hour = Number(m[4]);
  const minute = Number(m[5]);
  const second = m[6] ? Number(m[6]) : 0;
  if (m[8]) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(m[8]) ? 12 : 0);
  }
  if (hour > 24 || minute > 59 || second > 60) return null;
  const zone = m[9] && !/^z$/i.test(m[9]) ? (Number(m[9].slice(1, 3)) * 60 + Number(m[9].slice(-2))) * (m[9][0] === '-' ? -1 : 1) : 0;
  return ((hour * 60 + minute - zone) * 60 + second) * 1000 + (m[7] ? Math.floor(Number(`0.${m[7]}`) * 1000 + 1e-6) : 0);
}
