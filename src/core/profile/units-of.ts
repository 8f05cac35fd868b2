// Whether a column of strings is really numbers with a unit, and in how many spellings: the base of the alert, of its fix
// and of the suspect cells. Judged over all its values: nine in ten rows must be a number, with or without a unit.
import { missingWord } from './text/missing-words.ts';
import { readWritten, writingOf, type Writing } from './text/written-number.ts';
import { isKnownUnit, mayBeUnit, splitUnit, unitMeaning } from './text/written-unit.ts';

export type Spelling = { unit: string; place: 'before' | 'after'; meaning: string; rows: number; median: number };
export type Units = {
  /** Most frequent first: those of at least 2 % of the rows, and rarer ones of a known unit that is among them. */
  spellings: Spelling[];
  /** Rows with a bare number, and what they are in the middle. */
  bare: number;
  bareMedian: number;
  /** Rows that are neither, missing words left out. */
  others: number;
  present: number;
  writing: Writing;
  /** True when no single way of writing it is the norm: several spellings, or some rows without. */
  isMixed: boolean;
};

export type Counted = { text: string; count: number };
const LEAST_NUMBERS = 0.9;
const ESTABLISHED = 0.02;
const MIXED = 0.05;
const MOST_SPELLINGS = 20;

/** Null when the column is something else; words that are no known unit must all be one ("12 Main", "5 Elm" are addresses). */
export function unitsOf(values: readonly Counted[]): Units | null {
  let present = 0;
  const split: { number: string; unit: string; place: 'before' | 'after'; count: number }[] = [];
  const bare: Counted[] = [];
  let others = 0;
  for (const { text, count } of values) {
    if (missingWord(text) !== null) continue;
    present += count;
    const parts = splitUnit(text);
    if (parts && mayBeUnit(parts)) split.push({ ...parts, count });
    else if (/^\s*[+-]?[\d.,'\s]*\d[\d.,'\s]*$/.test(text)) bare.push({ text, count });
    else others += count;
  }
  const withUnit = split.reduce((n, s) => n + s.count, 0);
  const bareRows = bare.reduce((n, b) => n + b.count, 0);
  if (present < 10 || withUnit < ESTABLISHED * present || withUnit + bareRows < LEAST_NUMBERS * present) return null;
  const { writing, rows } = writingOf([...split.map((s) => ({ text: s.number, count: s.count })), ...bare]);
  if (rows < LEAST_NUMBERS * (withUnit + bareRows)) return null;
  const groups = new Map<string, { unit: string; place: 'before' | 'after'; rows: number; numbers: number[] }>();
  for (const { number, unit, place, count } of split) {
    const value = readWritten(number, writing);
    if (value === null) continue;
    const key = `${place} ${unit}`;
    const group = groups.get(key) ?? { unit, place, rows: 0, numbers: [] };
    group.rows += count;
    group.numbers.push(value);
    groups.set(key, group);
  }
  const common = new Set([...groups.values()].filter((g) => g.rows >= ESTABLISHED * present).map((g) => unitMeaning(g.unit)));
  const spellings = [...groups.values()].filter((g) => g.rows >= ESTABLISHED * present || (isKnownUnit(g.unit) && common.has(unitMeaning(g.unit)))).sort((a, b) => b.rows - a.rows || (a.unit < b.unit ? -1 : 1));
  const named = spellings.reduce((n, s) => n + s.rows, 0);
  if (new Set([...split.map((s) => s.number), ...bare.map((b) => b.text)]).size < 3) return null;
  if (spellings.some((s) => !isKnownUnit(s.unit)) && new Set(spellings.map((s) => unitMeaning(s.unit))).size > 1) return null;
  if (!spellings.length || spellings.length > MOST_SPELLINGS || named < 0.5 * withUnit || named + bareRows < LEAST_NUMBERS * present) return null;
  const bareNumbers = bare.flatMap(({ text }) => readWritten(text, writing) ?? []);
  const strong = spellings.filter((s) => s.rows >= MIXED * present);
  const isMixed = strong.length > 1 || (bareRows >= ESTABLISHED * present && strong.length > 0);
  return { spellings: spellings.map((s) => ({ unit: s.unit, place: s.place, meaning: unitMeaning(s.unit), rows: s.rows, median: middle(s.numbers) })), bare: bareRows, bareMedian: middle(bareNumbers), others: others + withUnit - named, present, writing, isMixed };
}

/** What a number with that unit must be multiplied with to go with the bare numbers: 1, or 0.01 and 100 for a percentage beside shares. */
export function percentScale(units: Units): number {
  const percent = units.spellings.find((s) => s.meaning === '%');
  if (!percent || !units.bare || !(units.bareMedian > 0) || !(percent.median > 0)) return 1;
  const ratio = percent.median / units.bareMedian;
  return ratio > 30 && ratio < 300 ? 0.01 : 1;
}

/** True when all spellings mean one unit, so that they can simply be taken off. */
export const isOneUnit = (units: Units): boolean => units.spellings.every((s) => s.meaning === units.spellings[0].meaning);

function middle(numbers: number[]): number {
  if (!numbers.length) return NaN;
  numbers.sort((a, b) => a - b);
  return numbers[numbers.length >> 1];
}
