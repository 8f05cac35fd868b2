// Rows that equal an earlier row in every column: counted over all rows by a 53-bit hash of each row, sorted and compared.
// The chance of one false match among a million rows is below 1e-4. Beyond 60 million cells only the given sample is read.
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
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = high[i] * 2097152 + (low[i] >>> 11);
  keys.sort();
  let duplicates = 0;
  for (let i = 1; i < n; i++) if (keys[i] === keys[i - 1]) duplicates++;
  return { duplicates, rows: n };
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
