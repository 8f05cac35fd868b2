// One column while it is being read: its kind so far and a builder of that kind, fed with blocks of cells.
// A cell that does not fit narrows `allowed` and marks the column failed: the reader scans again for such columns only, so
// that the end depends on all rows and never on where a sample stopped. A column without a value so far changes in place.
import { BOOLEAN, booleanOf, NUMBERS, possibleKinds, STRING, styleBit, styleOfBit, TIME } from './cell-kinds.ts';
import type { Dialect } from './dialect.ts';
import { cellString, unescape, type Cells } from './tokenize.ts';
import { finishDoubles, makeNumberBuilder, pushMissingNumbers, pushNumber, type NumberBuilder } from '../build/number-builder.ts';
import { makeStringBuilder, pushMissingStrings, pushString, type StringBuilder } from '../build/string-builder.ts';
import { missingWord, type MissingWords } from '../text/missing-words.ts';
import { parseNumber, parseStyled, STYLES, type NumberStyle } from '../text/parse-number.ts';
import { parseTime, type TimeCell } from '../text/parse-time.ts';

export interface ColumnState {
  readonly name: string;
  readonly place: number;
  /** The kinds that every cell so far could be. */
  allowed: number;
  /** The one kind bit it is read as; 0 while no value was seen. */
  kind: number;
  /** Order in which number writings are preferred. */
  readonly styles: readonly number[];
  /** Set when the person named the kind: cells that do not fit become missing and are counted. */
  readonly isForced: boolean;
  hasFailed: boolean;
  /** What it would have been but for one cell: told in a Note. */
  wasAlmost: number;
  /** True when it stayed a string because no row tells whether the day or the month comes first. */
  isOpen: boolean;
  rows: number;
  empty: number;
  readonly wordCounts: Int32Array;
  unfit: number;
  unfitExample: string | null;
  numbers: NumberBuilder;
  strings: StringBuilder;
  /** Times read day first, kept only when some cell leaves the order open (`numbers` holds month first). */
  dayFirst: NumberBuilder | null;
  isMonthFirst: boolean;
  isDayFirst: boolean;
  unit: number;
  zoned: number;
  present: number;
}

export function makeColumnState(name: string, place: number, allowed: number, kind: number, styles: readonly number[], isForced: boolean, words: MissingWords): ColumnState {
  return { name, place, allowed, kind, styles, isForced, hasFailed: false, wasAlmost: 0, isOpen: false, rows: 0, empty: 0, wordCounts: new Int32Array(words.words.length), unfit: 0, unfitExample: null, numbers: makeNumberBuilder(), strings: makeStringBuilder(), dayFirst: null, isMonthFirst: true, isDayFirst: true, unit: 0, zoned: 0, present: 0 };
}

/** Ready to be read again from the first row, as what is still allowed. */
export function restartColumn(state: ColumnState): void {
  state.wasAlmost ||= state.kind;
  state.kind = preferredKind(state.allowed, state.styles);
  state.hasFailed = false;
  state.rows = state.empty = state.unfit = state.unit = state.zoned = state.present = 0;
  state.unfitExample = null;
  state.wordCounts.fill(0);
  state.numbers = makeNumberBuilder();
  state.strings = makeStringBuilder();
  state.dayFirst = null;
  state.isMonthFirst = state.isDayFirst = true;
}

/** The most specific kind of a set. */
export function preferredKind(allowed: number, styles: readonly number[]): number {
  if (allowed & BOOLEAN) return BOOLEAN;
  for (const style of styles) if (allowed & styleBit(style)) return styleBit(style);
  return allowed & TIME ? TIME : STRING;
}

/** Feeds the cells of column `place` of a block of rows. */
export function feedColumn(state: ColumnState, bytes: Uint8Array, cells: Cells, columns: number, dialect: Dialect, words: MissingWords): void {
  let row = 0;
  if (state.kind === 0) row = feedUnknown(state, bytes, cells, columns, words);
  if (row < cells.rows && state.kind !== 0 && !state.hasFailed) {
    if (state.kind === STRING) feedStrings(state, bytes, cells, columns, dialect, words, row);
    else if (state.kind & NUMBERS) feedNumbers(state, bytes, cells, columns, words, row);
    else if (state.kind === TIME) feedTimes(state, bytes, cells, columns, words, row);
    else feedBooleans(state, bytes, cells, columns, words, row);
  }
}

/** Counts missing cells until the first value, which settles the kind; returns its row, or all rows. */
export function feedUnknown(state: ColumnState, bytes: Uint8Array, cells: Cells, columns: number, words: MissingWords): number {
  for (let row = 0; row < cells.rows; row++) {
    const slot = row * columns + state.place;
    if (isMissingCell(state, bytes, cells, slot, words)) continue;
    state.allowed &= possibleKinds(bytes, cells.starts[slot], cells.ends[slot], cells.quoted[slot] > 0, words);
    state.kind = preferredKind(state.allowed, state.styles);
    if (state.kind === STRING && words.weak.some((isWeak, w) => isWeak !== 0 && state.wordCounts[w] > 0)) {
      state.hasFailed = true;
      return row;
    }
    if (state.kind === STRING) state.strings = makeStringBuilder(state.rows + row);
    else state.numbers = makeNumberBuilder(state.rows + row);
    state.rows += row;
    return row;
  }
  state.rows += cells.rows;
  return cells.rows;
}

function feedNumbers(state: ColumnState, bytes: Uint8Array, cells: Cells, columns: number, words: MissingWords, from: number): void {
  const { starts, ends } = cells;
  const builder = state.numbers;
  const style = styleOf(state);
  const isPlain = style === STYLES[0];
  let slot = from * columns + state.place;
  for (let row = from; row < cells.rows; row++, slot += columns) {
    const start = starts[slot];
    const end = ends[slot];
    const value = start === end ? NaN : isPlain ? parseNumber(bytes, start, end) : parseStyled(bytes, start, end, style);
    if (value === value) pushNumber(builder, value);
    else if (isMissingCell(state, bytes, cells, slot, words) || letGo(state, bytes, cells, slot, words)) pushMissingNumbers(builder);
    else return;
  }
  state.rows += cells.rows - from;
}

function feedBooleans(state: ColumnState, bytes: Uint8Array, cells: Cells, columns: number, words: MissingWords, from: number): void {
  for (let row = from, slot = from * columns + state.place; row < cells.rows; row++, slot += columns) {
    const value = booleanOf(bytes, cells.starts[slot], cells.ends[slot]);
    if (value >= 0) pushNumber(state.numbers, value);
    else if (isMissingCell(state, bytes, cells, slot, words)) pushMissingNumbers(state.numbers);
    else {
      const number = oddBoolean(state, bytes, cells, slot, words);
      if (state.hasFailed) return;
      pushNumber(state.numbers, number);
    }
  }
  state.rows += cells.rows - from;
}

const timeCell: TimeCell = { monthFirst: 0, dayFirst: 0, unit: 0, zoned: false, open: false };

export function feedTimes(state: ColumnState, bytes: Uint8Array, cells: Cells, columns: number, words: MissingWords, from: number): void {
  for (let row = from, slot = from * columns + state.place; row < cells.rows; row++, slot += columns) {
    const start = cells.starts[slot];
    const end = cells.ends[slot];
    if (start !== end && parseTime(bytes, start, end, timeCell) && keepOrder(state)) {
      if (timeCell.open && state.dayFirst === null) state.dayFirst = copyNumbers(state.numbers);
      pushNumber(state.numbers, state.isMonthFirst ? timeCell.monthFirst : 0);
      if (state.dayFirst) pushNumber(state.dayFirst, state.isDayFirst ? timeCell.dayFirst : 0);
      if (timeCell.unit > state.unit) state.unit = timeCell.unit;
      if (timeCell.zoned) state.zoned++;
      state.present++;
    } else if (isMissingCell(state, bytes, cells, slot, words) || letGo(state, bytes, cells, slot, words)) pushMissingTime(state);
    else return;
  }
  state.rows += cells.rows - from;
}

/** In a column of times that no cell left open so far: a date as ms, NaN when missing; null when it is open. */
export function oddTime(state: ColumnState, bytes: Uint8Array, cells: Cells, slot: number, words: MissingWords): number | null {
  if (!parseTime(bytes, cells.starts[slot], cells.ends[slot], timeCell)) {
    letGo(state, bytes, cells, slot, words);
    return NaN;
  }
  if (timeCell.open || !(timeCell.monthFirst === timeCell.dayFirst)) return null;
  if (timeCell.unit > state.unit) state.unit = timeCell.unit;
  if (timeCell.zoned) state.zoned++;
  state.present++;
  return timeCell.monthFirst;
}

/** A cell of a number column that is neither plain nor missing: its number, NaN when it is let go. */
export function oddNumber(state: ColumnState, bytes: Uint8Array, cells: Cells, slot: number, words: MissingWords): number {
  const value = parseStyled(bytes, cells.starts[slot], cells.ends[slot], styleOf(state));
  if (value !== value) letGo(state, bytes, cells, slot, words);
  return value;
}

/** A cell of a boolean column that is neither plain nor missing: 0 or 1 where the person named the kind, NaN when it is let go. */
export function oddBoolean(state: ColumnState, bytes: Uint8Array, cells: Cells, slot: number, words: MissingWords): number {
  const number = state.isForced ? parseNumber(bytes, cells.starts[slot], cells.ends[slot]) : NaN;
  if (number === 0 || number === 1) return number;
  letGo(state, bytes, cells, slot, words);
  return NaN;
}

/** The writing of a column of numbers. */
export const styleOf = (state: ColumnState): NumberStyle => STYLES[styleOfBit(state.kind)];

/** A cell that does not fit: counted and missing where the person named the kind; else false, and the column has failed. */
function letGo(state: ColumnState, bytes: Uint8Array, cells: Cells, slot: number, words: MissingWords): boolean {
  if (state.isForced) {
    state.unfit++;
    state.unfitExample ??= cellString(bytes, cells, slot, { delimiter: 0, quote: 34, escape: 0, newline: 10 }).slice(0, 60);
    return true;
  }
  const kinds = possibleKinds(bytes, cells.starts[slot], cells.ends[slot], cells.quoted[slot] > 0, words);
  state.allowed &= kinds | STRING;
  state.allowed &= ~state.kind;
  state.hasFailed = true;
  return false;
}

function pushMissingTime(state: ColumnState): void {
  pushMissingNumbers(state.numbers);
  if (state.dayFirst) pushMissingNumbers(state.dayFirst);
}

/** Narrows the order of day and month by the cell just parsed; false when no order is left. */
function keepOrder(state: ColumnState): boolean {
  const month = state.isMonthFirst && timeCell.monthFirst === timeCell.monthFirst;
  const day = state.isDayFirst && timeCell.dayFirst === timeCell.dayFirst;
  if (!month && !day) return false;
  state.isMonthFirst = month;
  state.isDayFirst = day;
  return true;
}

function copyNumbers(builder: NumberBuilder): NumberBuilder {
  const copy = makeNumberBuilder();
  const values = finishDoubles(builder);
  for (let row = 0; row < values.length; row++) pushNumber(copy, values[row]);
  return copy;
}

export function feedStrings(state: ColumnState, bytes: Uint8Array, cells: Cells, columns: number, dialect: Dialect, words: MissingWords, from: number): void {
  const { starts, ends, quoted } = cells;
  const builder = state.strings;
  for (let row = from, slot = from * columns + state.place; row < cells.rows; row++, slot += columns) {
    const start = starts[slot];
    const end = ends[slot];
    if (start === end) {
      state.empty++;
      pushMissingStrings(builder);
    } else if (quoted[slot] === 0) {
      const word = end - start <= words.longest && words.first[bytes[start]] !== 0 ? missingWord(words, bytes, start, end) : -1;
      if (word >= 0) state.wordCounts[word]++;
      if (word < 0 || words.weak[word] !== 0) pushString(builder, bytes, start, end);
      else pushMissingStrings(builder);
    } else if (quoted[slot] === 1) pushString(builder, bytes, start, end);
    else {
      const plain = unescape(bytes, start, end, dialect);
      pushString(builder, plain.bytes, 0, plain.length);
    }
  }
  state.rows += cells.rows - from;
}

/** True for an empty cell and, outside string columns, for a missing word, quoted or not; counts it. */
function isMissingCell(state: ColumnState, bytes: Uint8Array, cells: Cells, slot: number, words: MissingWords): boolean {
  const start = cells.starts[slot];
  const end = cells.ends[slot];
  if (start === end) {
    state.empty++;
    return true;
  }
  const word = missingWord(words, bytes, start, end);
  if (word < 0 || (state.kind === 0 && cells.quoted[slot] > 0)) return false;
  state.wordCounts[word]++;
  return true;
}
