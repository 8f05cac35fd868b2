// One column -> its profile, and the facts that only alerts need (non-finite values, odd ends, the strings).
import { countBits, getBit } from '../base/bits.ts';
import { columnRows } from '../table/build.ts';
import { cellText } from '../table/cell.ts';
import type { CategoryColumn, Column, NumberColumn, TextColumn, TimeColumn } from '../table/table.ts';
import type { ColumnProfile } from './profile.ts';
import { profileNumbers, type Ends } from './profile-numbers.ts';
import { profileText } from './profile-text.ts';
import { mayHideMissing, sentinelsOf, type Sentinel } from './sentinels-of.ts';
import type { Counted } from './units-of.ts';

export type ColumnFacts = StringFacts & {
  /** The cells, or those of sample rows where the file is larger than memory. */
  source: Column;
  /** Numbers and dates that may stand for "missing", with their rows. */
  sentinels: readonly Sentinel[];
};
/** What is known of the values themselves; `column` and counts are over all rows. */
export type StringFacts = {
  column: ColumnProfile;
  notFinite: number;
  ends: Ends | null;
  /** Strings: the 20,000 most frequent levels, most frequent first, or the texts of 2,000 rows spread over the column (`isSample`). Null for other kinds. */
  values: readonly Counted[] | null;
  isSample: boolean;
};

const TOP_LEVELS = 50;
const KEPT_LEVELS = 20_000;
const KEPT_TEXTS = 2_000;

export function profileColumn(column: Column): ColumnFacts {
  const rows = columnRows(column);
  const missing = countBits(column.missing, rows);
  const base: ColumnProfile = { name: column.name, kind: column.kind, rows, missing, distinct: 0, distinctIsExact: true, number: null, levels: null, rest: 0, text: null };
  const plain = { notFinite: 0, ends: null, values: null, isSample: false, source: column, sentinels: [] };
  if (column.kind === 'category') return { ...plain, ...ofCategory(column, base) };
  if (column.kind === 'text') {
    const facts = profileText(column, TOP_LEVELS);
    const shown = facts.levels.reduce((n, l) => n + l.count, 0);
    return { ...plain, values: someTexts(column, rows), isSample: rows > KEPT_TEXTS, column: { ...base, distinct: facts.distinct, distinctIsExact: facts.isExact, levels: facts.levels, rest: facts.present - shown, text: facts.text } };
  }
  const { values } = column;
  const present = new Float64Array(rows - missing);
  let n = 0;
  if (!column.missing) for (let i = 0; i < rows; i++) { const v = values[i]; if (v - v === 0) present[n++] = v; }
  else for (let i = 0; i < rows; i++) { const v = values[i]; if (v - v === 0 && !getBit(column.missing, i)) present[n++] = v; }
  const facts = profileNumbers(n === present.length ? present : present.slice(0, n), column.kind === 'time');
  const mayHide = facts.number !== null && facts.distinct > 2 && (column.kind === 'time' || (column.kind === 'number' && mayHideMissing({ ...facts.number, ...facts.ends })));
  return { ...plain, sentinels: mayHide ? sentinelsOf(column as NumberColumn | TimeColumn) : [], column: { ...base, distinct: facts.distinct, distinctIsExact: facts.isExact, number: facts.number, ...(n === rows && facts.distinct > 1 && isAscending(values) ? { ascending: true } : {}) }, notFinite: rows - missing - n, ends: column.kind === 'number' ? facts.ends : null };
}

/** Texts of rows spread over the column, equal ones counted together. */
function someTexts(column: TextColumn, rows: number): Counted[] {
  const counts = new Map<string, number>();
  const step = Math.max(1, rows / KEPT_TEXTS);
  for (let k = 0; k * step < rows; k++) {
    const text = cellText(column, Math.floor(k * step));
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
}

/** A clock may be set back now and then: one row in a thousand may be lower than the one before it. */
function isAscending(values: ArrayLike<number>): boolean {
  let left = Math.floor(values.length / 1000);
  for (let i = 1; i < values.length; i++) if (values[i] < values[i - 1] && --left < 0) return false;
  return values[values.length - 1] > values[0];
}

function ofCategory(column: CategoryColumn, base: ColumnProfile): StringFacts {
  const { codes, missing } = column;
  const counts = new Float64Array(column.levels.length);
  if (!missing) for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
  else for (let i = 0; i < codes.length; i++) if (!getBit(missing, i)) counts[codes[i]]++;
  return factsOfLevels(column.levels, counts, base);
}

/** A category column by its levels and the rows of each; `base` has its rows and how many are missing. */
export function factsOfLevels(all: readonly string[], counts: Float64Array, base: ColumnProfile): StringFacts {
  const seen: { level: string; count: number }[] = [];
  let characters = 0;
  let min = Infinity;
  let max = 0;
  for (let code = 0; code < counts.length; code++) {
    if (!counts[code]) continue;
    const level = all[code];
    const length = [...level].length;
    seen.push({ level, count: counts[code] });
    characters += length * counts[code];
    if (length < min) min = length;
    if (length > max) max = length;
  }
  seen.sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
  const present = base.rows - base.missing;
  const levels = seen.slice(0, TOP_LEVELS);
  const rest = present - levels.reduce((n, l) => n + l.count, 0);
  return {
    column: { ...base, distinct: seen.length, levels, rest, text: present ? { minLength: min, maxLength: max, meanLength: characters / present } : null },
    notFinite: 0,
    ends: null,
    values: seen.slice(0, KEPT_LEVELS).map(({ level, count }) => ({ text: level, count })),
    isSample: false,
  };
}
