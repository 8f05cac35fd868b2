// Numbers and dates that stand for "missing": an end of the range that recurs, looks typed in, and lies far off all other
// values (after DataRobot's disguised missing values: outlier and frequent and of a pattern); or several side by side (97, 98, 99). In: a column of numbers or
// times. Out: at most 4 values with their rows.
import { getBit } from '../base/bits.ts';
import { timeText } from '../table/cell.ts';
import type { NumberColumn, TimeColumn } from '../table/table.ts';

export type Sentinel = { value: number; text: string; rows: number; next: number; certainty: number; reason: string };
export type Ends = { min: number; max: number; lowCount: number; nextLow: number; highCount: number; nextHigh: number };

const DATES = new Set([-2208988800000, 0, 253402214400000, -62135596800000, 4102444800000, 2147483647000]);
const MOST = 4;

/** `share`: the least share of rows that makes a value recur; 0.0005 unless the person says otherwise. */
export function sentinelsOf(column: NumberColumn | TimeColumn, share = 0.0005): Sentinel[] {
  const found: Sentinel[] = [];
  const gone = new Set<number>();
  let waiting: { value: number; rows: number }[] = [];
  for (let round = 0; round < MOST; round++) {
    const ends = endsOf(column, gone);
    if (!ends) return found;
    const often = Math.max(column.kind === 'time' ? 2 : 3, ends.present * share);
    const odd = column.kind === 'time' ? oddDate(ends, often) : oddEnd(ends, often);
    if (!odd) {
      const next = ends.highCount >= often && isTyped(ends.max) && ends.max > 90 && column.kind === 'number' ? { value: ends.max, rows: ends.highCount } : null;
      if (!next) return found;
      waiting.push(next);
      gone.add(next.value);
      continue;
    }
    const isAbove = waiting.length > 0 && odd.value < waiting[waiting.length - 1].value && odd.next < odd.value;
    for (const each of [...(isAbove ? waiting : []), odd]) {
      gone.add(each.value);
      found.push(sentinelOf(column, each, odd.next));
    }
    waiting = [];
  }
  return found;
}

function sentinelOf(column: NumberColumn | TimeColumn, { value, rows }: { value: number; rows: number }, next: number): Sentinel {
  const word = (v: number): string => (column.kind === 'time' ? timeText(v, column.unit) : String(v));
  return { value, rows, next, text: word(value), certainty: value < 0 || column.kind === 'time' ? 0.8 : 0.55, reason: `${word(value)} stands in ${rows} rows, far from all other values (the next is ${word(next)})` };
}

/** A recurring end of the range that looks typed in and lies further off than the rest is wide. -1, 0, 1 is a scale of its own. */
function oddEnd({ min, max, lowCount, nextLow, highCount, nextHigh }: Ends, often: number): { value: number; rows: number; next: number } | null {
  if (!(nextLow < max) || !(nextHigh > min)) return null;
  const lowGap = nextLow - min;
  if (lowCount >= often && isTyped(min) && min < 0 && nextLow >= 0 && lowGap > 0 && max > 2) return { value: min, rows: lowCount, next: nextLow };
  if (lowCount >= often && isTyped(min) && lowGap > max - nextLow) return { value: min, rows: lowCount, next: nextLow };
  if (highCount >= often && isTyped(max) && Math.abs(max) > 90 && max - nextHigh > nextHigh - min) return { value: max, rows: highCount, next: nextHigh };
  return null;
}

/** False when sentinelsOf would find nothing: looks at the ends alone. */
export const mayHideMissing = (ends: Ends): boolean => oddEnd(ends, 2) !== null || (ends.max > 90 && ends.highCount > 2 && isTyped(ends.max));

/** -1, one digit over and over, 97 and 98, or a power of ten times 1 to 9: what people type for "nothing". */
const isTyped = (value: number): boolean => Number.isInteger(value) && (value === -1 || /^-?(\d)\1+$/.test(String(value)) || /^-?9*[789]$/.test(String(value)) || /^-?[1-9]0{2,}$/.test(String(value)));

function oddDate({ min, max, lowCount, nextLow, highCount, nextHigh }: Ends, often: number): { value: number; rows: number; next: number } | null {
  if (!Number.isFinite(nextLow)) return null;
  if (lowCount >= often && DATES.has(min) && nextLow - min > 0.5 * (max - nextLow)) return { value: min, rows: lowCount, next: nextLow };
  if (highCount >= often && DATES.has(max) && max - nextHigh > 0.5 * (nextHigh - min)) return { value: max, rows: highCount, next: nextHigh };
  return null;
}

function endsOf(column: NumberColumn | TimeColumn, gone: ReadonlySet<number>): (Ends & { present: number }) | null {
  const { values, missing } = column;
  const ends = { min: Infinity, max: -Infinity, lowCount: 0, nextLow: Infinity, highCount: 0, nextHigh: -Infinity, present: 0 };
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    if (v - v !== 0 || (missing && getBit(missing, i)) || (gone.size > 0 && gone.has(v))) continue;
    ends.present++;
    if (v < ends.min) {
      ends.nextLow = ends.min;
      ends.min = v;
      ends.lowCount = 1;
    } else if (v === ends.min) ends.lowCount++;
    else if (v < ends.nextLow) ends.nextLow = v;
    if (v > ends.max) {
      ends.nextHigh = ends.max;
      ends.max = v;
      ends.highCount = 1;
    } else if (v === ends.max) ends.highCount++;
    else if (v > ends.nextHigh) ends.nextHigh = v;
  }
  return ends.present ? ends : null;
}
