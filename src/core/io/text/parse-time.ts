// A date or date and time from the bytes of a cell. The order of day and month is not guessed here: for 03/04/2020 both
// readings are given and a column decides over all its rows. Understood: 2020-04-03 and 2020/04/03, with T or space and
// hh:mm[:ss[.fff]] and Z or an offset; 3/4/2020, 3.4.2020 (day first), 3-4-2020; Apr 3 2020, 3 Apr 2020, 3-Apr-2020;
// times may end in AM or PM. Two-digit years are refused: their century is a guess.
export type TimeCell = {
  /** Milliseconds since 1970 read with the month first / the day first; NaN when that reading is no date. */
  monthFirst: number;
  dayFirst: number;
  /** 0 = day, 1 = second, 2 = millisecond: the finest field written. */
  unit: number;
  zoned: boolean;
  /** True when the writing leaves the order of day and month open. */
  open: boolean;
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
let at = 0;

/** Fills `cell` from bytes [start, end); false when they spell no date. */
export function parseTime(bytes: Uint8Array, start: number, end: number, cell: TimeCell): boolean {
  if (end - start < 8 || end - start > 40) return false;
  at = start;
  let year: number, a: number, b: number;
  let named = false;
  let dotted = false;
  cell.open = false;
  const head = digits(bytes, end, 4);
  const headLength = at - start;
  if (headLength === 4) {
    const sep = bytes[at];
    if (sep !== 45 && sep !== 47) return false;
    at++;
    year = head;
    a = field(bytes, end);
    if (bytes[at++] !== sep) return false;
    b = field(bytes, end);
    named = true;
  } else if (headLength > 0 && headLength <= 2) {
    const sep = bytes[at++];
    if (sep !== 45 && sep !== 47 && sep !== 46 && sep !== 32) return false;
    a = head;
    const month = monthName(bytes, end);
    if (month > 0) {
      b = a;
      a = month;
      named = true;
      if (bytes[at] === 46 || bytes[at] === 44) at++;
      if (bytes[at] !== sep && bytes[at] !== 32) return false;
      at++;
    } else {
      if (sep === 32) return false;
      b = field(bytes, end);
      if (bytes[at++] !== sep) return false;
      dotted = sep === 46;
    }
    const before = at;
    year = digits(bytes, end, 4);
    if (at - before !== 4) return false;
  } else {
    a = monthName(bytes, end);
    if (a < 1) return false;
    named = true;
    if (bytes[at] === 46) at++;
    if (bytes[at++] !== 32) return false;
    b = field(bytes, end);
    if (bytes[at] === 44) at++;
    if (bytes[at++] !== 32) return false;
    const before = at;
    year = digits(bytes, end, 4);
    if (at - before !== 4) return false;
  }
  cell.unit = 0;
  cell.zoned = false;
  const ms = at === end ? 0 : timeOfDay(bytes, end, cell);
  if (ms !== ms) return false;
  const first = dateMs(year, a, b) + ms;
  const second = named ? first : dateMs(year, b, a) + ms;
  cell.monthFirst = dotted ? second : first;
  cell.dayFirst = second;
  cell.open = !named && !dotted;
  return cell.monthFirst === cell.monthFirst || cell.dayFirst === cell.dayFirst;
}

/** Milliseconds since 1970 of a civil date (proleptic Gregorian, after Howard Hinnant); NaN when there is no such day. */
export function dateMs(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > monthDays(year, month)) return NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return (era * 146097 + doe - 719468) * 86400000;
}

function monthDays(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** At most `most` digits from `at` on; moves `at`. */
function digits(bytes: Uint8Array, end: number, most: number): number {
  let value = 0;
  const stop = Math.min(end, at + most);
  while (at < stop) {
    const d = bytes[at] - 48;
    if (d < 0 || d > 9) break;
    value = value * 10 + d;
    at++;
  }
  return value;
}

/** One or two digits, or NaN. */
function field(bytes: Uint8Array, end: number): number {
  const before = at;
  const value = digits(bytes, end, 2);
  return at === before ? NaN : value;
}

function monthName(bytes: Uint8Array, end: number): number {
  let word = '';
  let i = at;
  while (i < end && i - at < 10) {
    const c = bytes[i] | 32;
    if (c < 97 || c > 122) break;
    word += String.fromCharCode(c);
    i++;
  }
  if (word.length < 3) return 0;
  const short = MONTHS.indexOf(word.length === 4 && word === 'sept' ? 'sep' : word);
  const found = short >= 0 ? short : LONG.indexOf(word);
  if (found < 0) return 0;
  at = i;
  return found + 1;
}

/** The time of day in ms (with its offset taken off) from `at` to `end`; NaN when it is none. */
function timeOfDay(bytes: Uint8Array, end: number, cell: TimeCell): number {
  const gap = bytes[at];
  if (gap !== 32 && gap !== 84 && gap !== 116) return NaN;
  at++;
  let hour = field(bytes, end);
  if (bytes[at++] !== 58) return NaN;
  const minute = field(bytes, end);
  let second = 0;
  let fraction = 0;
  cell.unit = 1;
  if (at < end && bytes[at] === 58) {
    at++;
    second = field(bytes, end);
    if (at < end && (bytes[at] === 46 || bytes[at] === 44)) {
      at++;
      const before = at;
      const value = digits(bytes, end, 3);
      const length = at - before;
      if (length === 0) return NaN;
      fraction = length === 1 ? value * 100 : length === 2 ? value * 10 : value;
      while (at < end && bytes[at] >= 48 && bytes[at] <= 57) at++;
      cell.unit = 2;
    }
  }
  if (at < end && bytes[at] === 32 && end - at >= 3) at++;
  const half = at + 2 <= end && (bytes[at + 1] | 32) === 109 ? bytes[at] | 32 : 0;
  if (half === 97 || half === 112) {
    if (!(hour >= 1 && hour <= 12)) return NaN;
    hour = (hour % 12) + (half === 112 ? 12 : 0);
    at += 2;
  }
  let offset = 0;
  if (at < end) {
    const sign = bytes[at++];
    cell.zoned = true;
    if (sign === 90 || sign === 122) offset = 0;
    else if (sign === 43 || sign === 45) {
      const h = field(bytes, end);
      if (at < end && bytes[at] === 58) at++;
      const m = at < end ? field(bytes, end) : 0;
      if (!(h <= 14 && m < 60)) return NaN;
      offset = (sign === 45 ? -1 : 1) * (h * 60 + m) * 60000;
    } else return NaN;
  }
  if (at !== end || !(hour < 24 && minute < 60 && second < 60)) return NaN;
  return (hour * 60 + minute) * 60000 + second * 1000 + fraction - offset;
}
