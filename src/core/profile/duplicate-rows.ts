// Rows that equal an earlier row in every column: counted over all rows by a 64-bit hash of each row.
// Hashes are grouped by their first byte, then looked up in one small table per group, which stays in the processor's
// cache. Accident only: one false match among a million rows has a chance below 1e-7. Beyond 60 million cells only the
// given sample is read.
import { getBit } from '../base/bits.ts';
import { mix32 } from '../base/random.ts';
import type { Column, Rows, Table } from '../table/table.ts';

const MOST_CELLS = 60_000_000;

/** `rows` is how many rows were compared. */
export function duplicateRows(table: Table, sample: Rows): { duplicates: number; rows: number } {
  const all = table.rows * table.columns.length <= MOST_CELLS;
  const n = all ? table.rows : sample.length;
  if (!table.columns.length) return { duplicates: 0, rows: n };
  const high = new Uint32Array(n);
  const low = new Uint32Array(n);
  for (const column of table.columns) addColumn(column, all ? null : sample, high, low);
  return { duplicates: countRepeats(high, low), rows: n };
}

const GROUPS = 256;

function countRepeats(high: Uint32Array, low: Uint32Array): number {
  const starts = new Uint32Array(GROUPS + 1);
  for (let i = 0; i < high.length; i++) starts[(high[i] >>> 24) + 1]++;
  const largest = starts.reduce((most, size) => Math.max(most, size), 0);
  for (let g = 0; g < GROUPS; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const order = new Uint32Array(high.length);
  for (let i = 0; i < high.length; i++) order[next[high[i] >>> 24]++] = i;
  const slots = new Uint32Array(1 << (33 - Math.clz32(largest)));
  const mask = slots.length - 1;
  let repeats = 0;
  for (let g = 0; g < GROUPS; g++) {
    slots.fill(0);
    for (let k = starts[g]; k < starts[g + 1]; k++) {
      const row = order[k];
      let slot = low[row] & mask;
      while (slots[slot] && (low[slots[slot] - 1] !== low[row] || high[slots[slot] - 1] !== high[row])) slot = (slot + 1) & mask;
      if (slots[slot]) repeats++;
      else slots[slot] = row + 1;
    }
  }
  return repeats;
}

function addColumn(column: Column, sample: Rows | null, high: Uint32Array, low: Uint32Array): void {
  const n = high.length;
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  for (let i = 0; i < n; i++) {
    const row = sample ? sample[i] : i;
    let a = 0x7f4a7c15;
    let b = 0x1b873593;
    if (!column.missing || !getBit(column.missing, row)) {
      if (column.kind === 'category') {
        a = column.codes[row];
        b = a ^ 0x2c1b3c6d;
      } else if (column.kind === 'text') {
        for (let k = column.offsets[row]; k < column.offsets[row + 1]; k++) {
          a = Math.imul(a ^ column.bytes[k], 0x01000193);
          b = Math.imul(b + column.bytes[k], 0x85ebca6b) ^ (b >>> 13);
        }
      } else {
        double[0] = column.values[row] + 0;
        a = words[0];
        b = words[1];
      }
    }
    high[i] = mix32(Math.imul(high[i], 0x9e3779b1) ^ a ^ mix32(b + 0x165667b1));
    low[i] = mix32(Math.imul(low[i], 0x85ebca77) ^ b ^ mix32(a + 0x27d4eb2f));
  }
}
