// Levels of a category column by what its rows hold, never by what its list of levels says: a part of a table keeps the
// list of the whole, and state learned from training rows must not know of levels that only other rows have.
import { getBit } from '../base/bits.ts';
import type { CategoryColumn } from '../table/table.ts';

/** Rows per code, and rows that are missing. */
export function countLevels(column: CategoryColumn): { counts: Uint32Array; missing: number } {
  const { codes, missing: mask } = column;
  const counts = new Uint32Array(column.levels.length);
  let missing = 0;
  if (!mask) for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
  else for (let i = 0; i < codes.length; i++) if (getBit(mask, i)) missing++; else counts[codes[i]]++;
  return { counts, missing };
}

/** The levels that occur, most frequent first, ties by code unit; at most `limit`. */
export function frequentLevels(column: CategoryColumn, limit = Infinity): { level: string; count: number }[] {
  const { counts } = countLevels(column);
  const seen: { level: string; count: number }[] = [];
  for (let code = 0; code < counts.length; code++) if (counts[code]) seen.push({ level: column.levels[code], count: counts[code] });
  seen.sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
  return seen.length > limit ? seen.slice(0, limit) : seen;
}

/** Per row the index of its level in `levels`; `levels.length` for a missing row, `levels.length + 1` for an unseen level. */
export function slotRows(column: CategoryColumn, levels: readonly string[]): Int32Array {
  const index = new Map(levels.map((level, i) => [level, i]));
  const unseen = levels.length + 1;
  const map = Int32Array.from(column.levels, (level) => index.get(level) ?? unseen);
  const { codes, missing } = column;
  const slots = new Int32Array(codes.length);
  if (!missing) for (let i = 0; i < codes.length; i++) slots[i] = map[codes[i]];
  else for (let i = 0; i < codes.length; i++) slots[i] = getBit(missing, i) ? levels.length : map[codes[i]];
  return slots;
}

/** A name that is not taken yet: the wanted one, else with ' (2)', ' (3)', ... after it. It is then taken. */
export function freshName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
  taken.add(name);
  return name;
}
