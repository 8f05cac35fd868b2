// Splits by order of a time or number column: the past trains, then comes valid, then test, the latest rows.
// Equal times stay on one side, so a part may be a little larger or smaller than asked for. Rows without a time train.
import type { Column } from '../table/table.ts';
import { getBit } from '../base/bits.ts';
import { badSplit } from './bad-split.ts';
import type { SplitSpec } from './split.ts';

/** 0 = train, 1 = valid, 2 = test for each row. Throws bad-split for other kinds and when all times are equal. */
export function timeParts(column: Column, spec: SplitSpec): Uint8Array {
  if (column.kind !== 'time' && column.kind !== 'number') throw badSplit(`by time needs a time or number column; "${column.name}" is of kind ${column.kind}`);
  const { values, missing } = column;
  const has = (i: number): boolean => values[i] - values[i] === 0 && !(missing !== null && getBit(missing, i));
  const sorted = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (has(i)) sorted[n++] = values[i];
  const order = sorted.subarray(0, n).sort();
  const testFrom = cutOf(order, n - Math.round(values.length * spec.test), column.name);
  const before = lowerBound(order, testFrom);
  const untested = values.length - (n - before);
  const validFrom = spec.valid > 0 ? cutOf(order.subarray(0, before), before - Math.round(untested * spec.valid), column.name) : testFrom;
  const parts = new Uint8Array(values.length);
  for (let i = 0; i < parts.length; i++) if (has(i)) parts[i] = values[i] >= testFrom ? 2 : values[i] >= validFrom ? 1 : 0;
  return parts;
}

/** The time at which the later part starts: the change of time nearest to position `at`. */
function cutOf(order: Float64Array, at: number, name: string): number {
  const wanted = Math.min(Math.max(at, 1), order.length - 1);
  if (order.length < 2 || order[0] === order[order.length - 1]) throw badSplit(`by "${name}" needs at least two different times in each part it divides; choose another column or split`);
  const low = lowerBound(order, order[wanted]);
  const high = upperBound(order, order[wanted]);
  if (low === 0) return order[high];
  return high === order.length || wanted - low <= high - wanted ? order[low] : order[high];
}

function lowerBound(order: Float64Array, value: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function upperBound(order: Float64Array, value: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
