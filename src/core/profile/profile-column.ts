// One column -> its profile, and the facts that only alerts need (non-finite values, odd ends, spellings of levels).
import { countBits, getBit } from '../base/bits.ts';
import { columnRows } from '../table/build.ts';
import type { CategoryColumn, Column } from '../table/table.ts';
import type { ColumnProfile } from './profile.ts';
import { profileNumbers, type Ends } from './profile-numbers.ts';
import { profileText } from './profile-text.ts';
import { spellingKey } from './spelling-key.ts';

/** `variants`: groups of levels that differ only in spelling. `words`: levels that read like "missing". */
export type ColumnFacts = { column: ColumnProfile; notFinite: number; ends: Ends | null; variants: { levels: string[]; rows: number }[]; words: { level: string; count: number }[] };

const TOP_LEVELS = 50;
const SPELLED_LEVELS = 20_000;
const MISSING_WORDS = new Set(['', '?', '-', '--', '.', 'n/a', 'na', '#n/a', 'nan', 'null', 'none', 'nil', 'unknown', 'unk', 'missing', 'not available', 'not known', 'not specified', 'not recorded', 'undefined', '(null)', 'tbd', '1900-01-01', '-1', '-999', '-9999', '999', '9999']);

export function profileColumn(column: Column): ColumnFacts {
  const rows = columnRows(column);
  const missing = countBits(column.missing, rows);
  const base: ColumnProfile = { name: column.name, kind: column.kind, rows, missing, distinct: 0, distinctIsExact: true, number: null, levels: null, rest: 0, text: null };
  const plain = { notFinite: 0, ends: null, variants: [], words: [] };
  if (column.kind === 'category') return ofCategory(column, base);
  if (column.kind === 'text') {
    const facts = profileText(column, TOP_LEVELS);
    const shown = facts.levels.reduce((n, l) => n + l.count, 0);
    return { ...plain, column: { ...base, distinct: facts.distinct, distinctIsExact: facts.isExact, levels: facts.levels, rest: facts.present - shown, text: facts.text } };
  }
  const { values } = column;
  const present = new Float64Array(rows - missing);
  let n = 0;
  if (!column.missing) for (let i = 0; i < rows; i++) { const v = values[i]; if (v - v === 0) present[n++] = v; }
  else for (let i = 0; i < rows; i++) { const v = values[i]; if (v - v === 0 && !getBit(column.missing, i)) present[n++] = v; }
  const facts = profileNumbers(n === present.length ? present : present.slice(0, n), column.kind === 'time');
  return { ...plain, column: { ...base, distinct: facts.distinct, distinctIsExact: facts.isExact, number: facts.number, ...(n === rows && facts.distinct > 1 && isAscending(values) ? { ascending: true } : {}) }, notFinite: rows - missing - n, ends: column.kind === 'number' ? facts.ends : null };
}

/** A clock may be set back now and then: one row in a thousand may be lower than the one before it. */
function isAscending(values: ArrayLike<number>): boolean {
  let left = Math.floor(values.length / 1000);
  for (let i = 1; i < values.length; i++) if (values[i] < values[i - 1] && --left < 0) return false;
  return values[values.length - 1] > values[0];
}

function ofCategory(column: CategoryColumn, base: ColumnProfile): ColumnFacts {
  const { codes, missing } = column;
  const counts = new Float64Array(column.levels.length);
  if (!missing) for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
  else for (let i = 0; i < codes.length; i++) if (!getBit(missing, i)) counts[codes[i]]++;
  return factsOfLevels(column.levels, counts, base);
}

/** A category column by its levels and the rows of each; `base` has its rows and how many are missing. */
export function factsOfLevels(all: readonly string[], counts: Float64Array, base: ColumnProfile): ColumnFacts {
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
  const spelled = seen.slice(0, SPELLED_LEVELS);
  return {
    column: { ...base, distinct: seen.length, levels, rest, text: present ? { minLength: min, maxLength: max, meanLength: characters / present } : null },
    notFinite: 0,
    ends: null,
    variants: variantsOf(spelled),
    words: spelled.filter((l) => MISSING_WORDS.has(l.level.trim().toLowerCase())),
  };
}

function variantsOf(levels: readonly { level: string; count: number }[]): { levels: string[]; rows: number }[] {
  const groups = new Map<string, { level: string; count: number }[]>();
  for (const held of levels) {
    const key = spellingKey(held.level);
    const group = groups.get(key);
    if (group) group.push(held);
    else groups.set(key, [held]);
  }
  return [...groups.values()].filter((group) => group.length > 1).map((group) => ({ levels: group.map((l) => l.level), rows: group.slice(1).reduce((n, l) => n + l.count, 0) }));
}
