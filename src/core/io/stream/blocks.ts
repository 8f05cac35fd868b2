// A file as blocks of rows that are never all in memory: what a first pass over the file has settled, and a second pass on call.
// Every row is in exactly one block or among the rejected; a block's columns have the settled kinds, in the same order.
import type { JsonObject } from '../../base/json.ts';
import type { Note } from '../../base/task.ts';
import type { Table } from '../../table/table.ts';
import { getBit, type Bits } from '../../base/bits.ts';
import type { RejectedRow } from '../reader.ts';

/** Over the present finite values; min > max when there is none. `step`: all values are min plus a multiple of it (0 = not known). */
export type ValueRange = { min: number; max: number; integers: boolean; step: number };

/** A column of strings comes as category in one block and as text in another; `strings` says what the person wants. */
export type StreamedColumn = { name: string; kind: 'number' | 'boolean' | 'time'; range: ValueRange } | { name: string; kind: 'strings'; strings: 'auto' | 'category' | 'text' };

export interface BlockStream {
  readonly rows: number;
  readonly columns: readonly StreamedColumn[];
  /** Gives every block in turn; what it holds may be overwritten afterwards. Once only. Throws stopped. */
  scan(onBlock: (block: Table) => void): Promise<void>;
  /** Complete after the scan; of the rejected rows the first KEPT_REJECTED. */
  readonly notes: readonly Note[];
  readonly rejected: readonly RejectedRow[];
  readonly rejectedCount: number;
  readonly how: JsonObject;
}

export const KEPT_REJECTED = 1000;

export const emptyRange = (): ValueRange => ({ min: Infinity, max: -Infinity, integers: true, step: 1 });

/** Widens a range by the present finite values of [0, rows). */
export function widenRange(range: ValueRange, values: ArrayLike<number>, missing: Bits | null, rows: number): void {
  let { min, max, integers } = range;
  for (let i = 0; i < rows; i++) {
    const v = values[i];
    if (v - v !== 0 || (missing !== null && getBit(missing, i))) continue;
    if (v < min) min = v;
    if (v > max) max = v;
    if (integers && v !== Math.floor(v)) integers = false;
  }
  range.min = min;
  range.max = max;
  range.integers = integers;
  range.step = integers ? 1 : 0;
}
