// Which dialects are worth a try on the head of a file: delimiters that stand on enough lines, and quotes that open and
// close cells. Common delimiters need little evidence; odd ones (^ ~ : # and the like) must part nearly every line and
// count for less, so that they win only where nothing common does. "||" and the like are one delimiter when doubled throughout.
import type { CsvParams, Dialect } from './dialect.ts';

export const COMMON = [',', ';', '\t', '|', ' '];
const ODD = ['^', '~', ':', '#', '&', '!', '*', '@', '=', '\u0001', '\u0002', '\u001f', '¦', '§', '¬'];
/** What a delimiter of several bytes becomes before the rows are split. */
export const UNIT_SEPARATOR = 31;
const LINES = 200;

export type Candidate = { delimiter: string; dialect: Dialect; prior: number };

/** The newline of a file: 10 or 13, or 30 (record separator) in a file with neither. */
export const newlineOf = (head: Uint8Array): number => (head.includes(10) ? 10 : head.includes(13) ? 13 : head.includes(30) ? 30 : 10);

export function candidatesOf(head: Uint8Array, params: CsvParams, delimiters: readonly string[] = COMMON): Candidate[] {
  const newline = newlineOf(head);
  const lines = linesOf(head, newline);
  const out: Candidate[] = [];
  for (const delimiter of delimitersOf(lines, params, delimiters)) {
    const prior = COMMON.includes(delimiter) || params.delimiter !== 'auto' ? (delimiter === ' ' ? 0.95 : 1) : 0.8;
    for (const quote of params.quote === 'auto' ? ['"', "'"] : [params.quote]) {
      if (params.quote === 'auto' && quote === "'" && !quotesCells(head, delimiter)) continue;
      const dialect = dialectOf(head, delimiter, quote, newline, params);
      const own = quote === "'" && params.quote === 'auto' ? prior * 0.97 : prior;
      out.push({ delimiter, dialect, prior: own });
      if (dialect.escape === 0 && params.escape === 'auto' && delimiter !== ' ' && lines.some((line) => line.includes(`\\${delimiter}`))) out.push({ delimiter, dialect: { ...dialect, escape: 92 }, prior: own * 0.995 });
      if (delimiter === ' ') out.push({ delimiter, dialect: { ...dialect, eachSpace: true }, prior: prior * 0.99 });
    }
  }
  if (params.delimiter === 'auto' && out.every((c) => c.delimiter === ' ' || !COMMON.includes(c.delimiter))) out.push({ delimiter: ',', dialect: dialectOf(head, ',', params.quote === 'auto' ? '"' : params.quote, newline, params), prior: 1 });
  return out;
}

function delimitersOf(lines: readonly string[], params: CsvParams, common: readonly string[]): string[] {
  if (params.delimiter !== 'auto') return [params.delimiter];
  const share = (delimiter: string): number => lines.filter((line) => line.includes(delimiter)).length / Math.max(1, lines.length);
  const found = common.filter((delimiter) => share(delimiter) > 0.05 || (delimiter !== ' ' && lines[0]?.includes(delimiter)));
  for (const delimiter of ODD) if (share(delimiter) >= 0.8 && !(delimiter === ':' && isWithin(lines, /\d:\d\d|:\/\//)) && !(delimiter === '@' && isWithin(lines, /\w@\w/))) found.push(delimiter);
  return found.flatMap((delimiter) => (delimiter !== ' ' && isDoubled(lines, delimiter) ? [delimiter + delimiter] : [delimiter]));
}

const isWithin = (lines: readonly string[], pattern: RegExp): boolean => lines.filter((line) => pattern.test(line)).length * 2 >= lines.length;

/** True when the delimiter never stands alone; a comma or tab, behind which cells are often empty, must come twice on each line. */
function isDoubled(lines: readonly string[], delimiter: string): boolean {
  const holding = lines.filter((line) => line.includes(delimiter));
  if ((delimiter === ',' || delimiter === '\t') && !holding.every((line) => line.split(delimiter + delimiter).length > 2)) return false;
  return holding.length > 1 && holding.every((line) => line.split(delimiter + delimiter).every((part) => !part.includes(delimiter)));
}

function linesOf(head: Uint8Array, newline: number): string[] {
  const text = new TextDecoder().decode(head.subarray(0, 1 << 16));
  return text.split(String.fromCharCode(newline), LINES).filter((line) => line.trim() !== '');
}

/** The byte that parts cells once the head has been rewritten. */
export const delimiterByte = (delimiter: string): number => (isLong(delimiter) ? UNIT_SEPARATOR : delimiter.charCodeAt(0));
/** True when the delimiter takes more than one byte of UTF-8. */
export const isLong = (delimiter: string): boolean => delimiter.length > 1 || delimiter.charCodeAt(0) > 127;

function dialectOf(head: Uint8Array, delimiter: string, quote: string, newline: number, params: CsvParams): Dialect {
  const q = quote === 'none' ? 0 : quote.charCodeAt(0);
  const escape = params.escape === 'backslash' || (params.escape === 'auto' && q !== 0 && usesBackslash(head, q, delimiter.charCodeAt(0))) ? 92 : 0;
  return { delimiter: delimiterByte(delimiter), quote: q, escape, newline };
}

/** True when quotes inside quotes stand behind a backslash: \" that no delimiter or line end follows, and no "". */
function usesBackslash(head: Uint8Array, quote: number, delimiter: number): boolean {
  let behind = 0;
  let doubled = 0;
  for (let i = 1; i < head.length - 1; i++) {
    if (head[i] !== quote) continue;
    const next = head[i + 1];
    if (head[i - 1] === 92 && next !== delimiter && next !== 10 && next !== 13) behind++;
    if (next === quote && head[i - 1] !== delimiter && head[i - 1] !== 10 && head[i + 2] !== delimiter && head[i + 2] !== 10 && head[i + 2] !== 13) doubled++;
  }
  return behind > doubled;
}

/** True when some cell begins with a single quote at the start of a line or behind the delimiter and one ends so. */
function quotesCells(head: Uint8Array, delimiter: string): boolean {
  const d = delimiter.charCodeAt(0);
  let opens = 0;
  let closes = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 39) continue;
    let before = i - 1;
    while (before >= 0 && head[before] === 32 && d !== 32) before--;
    const b = before < 0 ? 10 : head[before];
    const after = i + 1 < head.length ? head[i + 1] : 10;
    if (b === d || b === 10 || b === 13) opens++;
    if (after === d || after === 10 || after === 13) closes++;
  }
  return opens > 0 && closes > 0 && Math.abs(opens - closes) <= 0.1 * opens + 1;
}
