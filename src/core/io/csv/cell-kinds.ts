// What a cell could be, as a set of bits, and what a column is when every one of its cells could be it.
// A column is settled by ALL its rows: it starts from what the first rows allow, and a later cell that does not fit takes
// the choice down to what both allow. Order of preference: boolean, number (in four writings), time, string.
import { makeMissingWords, missingWord, type MissingWords } from '../text/missing-words.ts';
import { parseStyled, STYLES } from '../text/parse-number.ts';
import { parseTime, type TimeCell } from '../text/parse-time.ts';

export const BOOLEAN = 1;
export const NUMBER = 2;
export const TIME = 32;
export const STRING = 64;
/** Writings that are found by themselves, and those with groups parted by spaces or apostrophes, which only the person's word allows. */
export const PLAIN_NUMBERS = 2 | 4 | 8 | 16;
export const GROUPED_NUMBERS = 128 | 256 | 512;
export const NUMBERS = PLAIN_NUMBERS | GROUPED_NUMBERS;
export const ALL = 127 | GROUPED_NUMBERS;
/** The bit of the number in writing STYLES[s]. */
export const styleBit = (style: number): number => (style < 4 ? NUMBER << style : 128 << (style - 4));
export const STYLE_NUMBERS: readonly number[] = STYLES.map((_, style) => style);
/** Which of STYLES a kind bit is. */
export const styleOfBit = (bit: number): number => Math.max(0, STYLE_NUMBERS.findIndex((style) => styleBit(style) === bit));

const defaultWords = makeMissingWords();
const timeCell: TimeCell = { monthFirst: 0, dayFirst: 0, unit: 0, zoned: false, open: false };

/** The kinds that bytes [start, end) could be; 0 when the cell is missing whatever the column. */
export function possibleKinds(bytes: Uint8Array, start: number, end: number, isQuoted: boolean, words: MissingWords = defaultWords): number {
  if (start === end) return 0;
  if (missingWord(words, bytes, start, end) >= 0) return isQuoted ? ALL : 0;
  let kinds = STRING;
  if (booleanOf(bytes, start, end) >= 0) return kinds | BOOLEAN;
  for (let s = 0; s < 4; s++) {
    const value = parseStyled(bytes, start, end, STYLES[s]);
    if (value === value) kinds |= styleBit(s);
  }
  if (isGrouped(bytes, start, end)) {
    for (let s = 4; s < STYLES.length; s++) {
      const value = parseStyled(bytes, start, end, STYLES[s]);
      if (value === value) kinds |= styleBit(s);
    }
  } else kinds |= (kinds & styleBit(1) ? styleBit(4) : 0) | (kinds & styleBit(0) ? styleBit(5) | styleBit(6) : 0);
  if (kinds === STRING && parseTime(bytes, start, end, timeCell)) kinds |= TIME;
  return kinds;
}

/** True for a cell that begins like a number and has a space, apostrophe or byte beyond ASCII within. */
function isGrouped(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 5 || end - start > 40 || !(bytes[start] === 43 || bytes[start] === 45 || (bytes[start] >= 48 && bytes[start] <= 57))) return false;
  for (let i = start + 1; i < end; i++) if (bytes[i] === 32 || bytes[i] === 39 || bytes[i] > 127) return true;
  return false;
}

/** 1 for true, 0 for false in any case of letters, -1 for anything else. */
export function booleanOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const at = (k: number): number => bytes[start + k] | 32;
  if (length === 4) return at(0) === 116 && at(1) === 114 && at(2) === 117 && at(3) === 101 ? 1 : -1;
  if (length === 5) return at(0) === 102 && at(1) === 97 && at(2) === 108 && at(3) === 115 && at(4) === 101 ? 0 : -1;
  return -1;
}
