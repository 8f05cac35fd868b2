// A column that was read to its end -> a table column, with Notes on what was decided and what was odd.
import type { Note } from '../../base/task.ts';
import { makeBoolean, makeNumber, makeTime } from '../../table/build.ts';
import type { Column } from '../../table/table.ts';
import { finishMask } from '../build/growing.ts';
import { finishDoubles, finishNumbers, makeNumberBuilder, type NumberBuilder } from '../build/number-builder.ts';
import { countLevels, finishStrings } from '../build/string-builder.ts';
import { BOOLEAN, NUMBERS, possibleKinds, STRING, styleBit, styleOfBit, TIME } from './cell-kinds.ts';
import type { ColumnState } from './column-state.ts';
import type { MissingWords } from '../text/missing-words.ts';

const UNITS = ['day', 'second', 'ms'] as const;
const WRITINGS = ['3.14', '3,14', '1,234.5', '1.234,5', '1 234,5', '1 234.5', "1'234.5"];

/** The builder that the column is made of, unless it holds strings. */
export const valuesOf = (state: ColumnState): NumberBuilder => (state.dayFirst && !state.isMonthFirst ? state.dayFirst : state.numbers);

/** True when a time column leaves the order of day and month open to its last row. */
export const isOpenTime = (state: ColumnState): boolean => state.kind === TIME && state.dayFirst !== null && state.isMonthFirst && state.isDayFirst;

export function finishColumn(state: ColumnState, kind: 'auto' | 'category' | 'text', words: MissingWords, notes: Note[]): Column {
  noteMissing(state, words, notes);
  if (state.kind === 0) {
    notes.push(note('all-missing', `column "${state.name}" holds no value at all`, state, state.rows));
    const { values, missing } = finishNumbers(makeNumberBuilder(state.rows));
    return makeNumber(state.name, values, missing);
  }
  if (state.unfit) notes.push({ ...note('unfit', `column "${state.name}": ${state.unfit} cells do not fit the kind that was asked for and are missing now`, state, state.unfit), example: state.unfitExample });
  if (state.kind === STRING) {
    if (state.isOpen) notes.push(note('open-dates', `column "${state.name}" holds dates, but no row tells whether the day or the month comes first; it stays text until you say`, state, null));
    else if (state.wasAlmost) noteAlmost(state, notes);
    return finishStrings(state.strings, state.name, kind);
  }
  if (state.kind === TIME) {
    const source = valuesOf(state);
    if (state.dayFirst && state.isMonthFirst !== state.isDayFirst) notes.push(note('date-order', `column "${state.name}" is read ${state.isMonthFirst ? 'month' : 'day'} first: some dates allow only that`, state, null));
    if (state.zoned > 0 && state.zoned < state.present) notes.push(note('mixed-zones', `column "${state.name}": ${state.zoned} times name a time zone and ${state.present - state.zoned} do not; those are read as UTC`, state, state.zoned));
    return makeTime(state.name, finishDoubles(source), UNITS[state.unit], finishMask(source.mask, source.rows));
  }
  const { values, missing } = finishNumbers(state.numbers);
  if (state.kind === BOOLEAN) return makeBoolean(state.name, new Uint8Array(values), missing);
  if (state.numbers.infinite) notes.push(note('infinite', `column "${state.name}": ${state.numbers.infinite} infinite values are kept as missing`, state, state.numbers.infinite));
  if (!(state.allowed & styleBit(0))) notes.push(note('number-writing', `column "${state.name}" is read as numbers written like ${WRITINGS[styleOfBit(state.kind)]}`, state, null));
  return makeNumber(state.name, values, missing);
}

function note(code: string, message: string, state: ColumnState, rows: number | null): Note {
  return { code, message, column: state.name, rows, example: null };
}

function noteMissing(state: ColumnState, words: MissingWords, notes: Note[]): void {
  const all = words.words.map((word, w) => ({ word, count: state.wordCounts[w], isKept: state.kind === STRING && words.weak[w] !== 0 })).filter((f) => f.count > 0);
  for (const kept of all.filter((f) => f.isKept)) notes.push({ ...note('kept-word', `column "${state.name}": "${kept.word}" stands in ${kept.count} cells and is kept as a value; name it among the missing words if it means none was recorded`, state, kept.count), example: kept.word });
  const found = all.filter((f) => !f.isKept);
  if (!found.length) return;
  const total = found.reduce((n, f) => n + f.count, 0);
  notes.push({ ...note('missing-word', `column "${state.name}": ${total} cells say "no value" (${found.map((f) => `${f.word}: ${f.count}`).join(', ')}) and are missing`, state, total), example: found[0].word });
}

/** Values of a column of strings that keep it from what it nearly was: a number, time or boolean. */
export type Contrary = { count: number; present: number; example: string | null };

/** Adds what the state's builder holds now. */
export function addContrary(into: Contrary, state: ColumnState): void {
  const b = state.strings;
  const wanted = state.wasAlmost & NUMBERS ? NUMBERS : state.wasAlmost;
  const counts = b.codes ? countLevels(b) : [];
  const size = b.codes ? b.levels : b.rows;
  for (let k = 0; k < size; k++) {
    const from = b.starts[k];
    const to = b.starts[k + 1];
    if (from === to || (b.codes && counts[k] === 0)) continue;
    if (possibleKinds(b.pool, from, to, true) & wanted) continue;
    into.count += b.codes ? counts[k] : 1;
    into.example ??= new TextDecoder().decode(b.pool.subarray(from, Math.min(to, from + 60)));
  }
  into.present += b.rows - b.mask.count;
}

/** Says how many they are, when they are few; else null. */
export function almostNote(state: ColumnState, { count, present, example }: Contrary): Note | null {
  if (count === 0 || count > present * 0.2) return null;
  const what = state.wasAlmost & NUMBERS ? 'numbers' : state.wasAlmost === TIME ? 'times' : 'true or false';
  return { ...note('almost-typed', `column "${state.name}" would be ${what} but for ${count} of ${present} values; set its kind to read those as missing`, state, count), example };
}

function noteAlmost(state: ColumnState, notes: Note[]): void {
  const contrary: Contrary = { count: 0, present: 0, example: null };
  addContrary(contrary, state);
  const told = almostNote(state, contrary);
  if (told) notes.push(told);
}
