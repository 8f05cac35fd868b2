// Numbers and dates that stand for "missing": an end of the range that recurs, looks typed in, and lies far off all other
// values (after DataRobot's disguised missing values: outlier and frequent and of a pattern). In: a column of numbers or
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
  for (let round = 0; round < MOST; round++) {
    const ends = endsOf(column, gone);
    if (!ends) return found;
    const often = Math.max(column.kind === 'time' ? 2 : 3, ends.present * share);
    const odd = column.kind === 'time' ? oddDate(ends, often) : oddEnd(ends, often);
    if (!odd) return found;
    gone.add(odd.value);
    const text = column.kind === 'time' ? timeText(odd.value, column.unit) : String(odd.value);
    const next = column.kind === 'time' ? timeText(odd.next, column.unit) : String(odd.next);
    found.push({ ...odd, text, certainty: odd.value < 0 || column.kind === 'time' ? 0.8 : 0.55, reason: `${text} stands in ${odd.rows} rows, far from all other values (the next is ${next})` });
  }
  return found;
}

/** A recurring end of the range that looks typed in and lies further off than the rest is wide. -1, 0, 1 is a scale of its own. */
export function oddEnd({ min, max, lowCount, nextLow, highCount, nextHigh }: Ends, often: number): { value: number; rows: number; next: number } | null {
  if (!Number.isFinite(nextLow) || !Number.isFinite(nextHigh)) return null;
  const lowGap = nextLow - min;
  if (lowCount >= often && isTyped(min) && min < 0 && nextLow >= 0 && lowGap > 0 && max > 2) return { value: min, rows: lowCount, next: nextLow };
  if (lowCount >= often && isTyped(min) && lowGap > max - nextLow) return { value: min, rows: lowCount, next: nextLow };
  if (highCount >= often && isTyped(max) && Math.abs(max) > 90 && max - nextHigh > nextHigh - min) return { value: max, rows: highCount, next: nextHigh };
  return null;
}

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
