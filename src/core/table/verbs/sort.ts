// The order of rows by one or more columns: stable, missing last whichever way, numbers by value (NaN behind all others),
// text by code unit, no before yes. Radix sort on integer ranks or on the bits of doubles: no comparison per pair of rows.
import { getBit } from '../../base/bits.ts';
import { textsOfColumn } from '../texts.ts';
import type { Column, NumberArray, Rows, Table } from '../table.ts';

/** `columns` in order of weight; descending turns all of them. */
export function sortRows(table: Table, columns: readonly Column[], descending = false): Rows {
  let order: Rows = Int32Array.from({ length: table.rows }, (_, i) => i);
  for (const column of [...columns].reverse()) order = sortedBy(column, order, descending);
  return order;
}

function sortedBy(column: Column, order: Rows, descending: boolean): Rows {
  const rows = order.length;
  const words = column.kind === 'category' || column.kind === 'text' || column.kind === 'boolean' ? [rankWords(column, descending)] : doubleWords(column.values, descending);
  for (const word of words) {
    if (!column.missing) continue;
    for (let i = 0; i < rows; i++) if (getBit(column.missing, i)) word[i] = 0xffffffff;
  }
  return words.reduce((sofar, word) => radix(word, sofar), order);
}

/** Each row's rank among the sorted texts. */
function rankWords(column: Column, descending: boolean): Uint32Array {
  const { codes, levels } = textsOfColumn(column);
  const sorted = levels.map((_, code) => code).sort((a, b) => (levels[a] < levels[b] ? -1 : levels[a] > levels[b] ? 1 : 0));
  const rank = new Uint32Array(levels.length);
  sorted.forEach((code, i) => (rank[code] = descending ? levels.length - 1 - i : i));
  const out = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = rank[codes[i]];
  return out;
}

/** Low and high words of doubles, turned so that they sort as unsigned integers; NaN sorts behind every number. */
function doubleWords(values: NumberArray, descending: boolean): Uint32Array[] {
  const double = Float64Array.from(values, (value) => value + 0);
  const bits = new Uint32Array(double.buffer);
  const low = new Uint32Array(double.length);
  const high = new Uint32Array(double.length);
  for (let i = 0; i < double.length; i++) {
    const flip = bits[2 * i + 1] >>> 31 ? 0xffffffff : 0;
    low[i] = bits[2 * i] ^ flip;
    high[i] = bits[2 * i + 1] ^ (flip || 0x80000000);
    if (descending) {
      low[i] = ~low[i];
      high[i] = ~high[i];
    }
    if (double[i] !== double[i]) low[i] = high[i] = 0xfffffffe;
  }
  return [low, high];
}

/** Stable least-significant-digit radix sort by 16 bits; a digit that all rows share costs one pass of counting. */
function radix(words: Uint32Array, order: Rows): Rows {
  let from = order;
  for (const shift of [0, 16]) {
    const counts = new Uint32Array(65537);
    for (let i = 0; i < from.length; i++) counts[((words[from[i]] >>> shift) & 0xffff) + 1]++;
    if (from.length && counts[((words[from[0]] >>> shift) & 0xffff) + 1] === from.length) continue;
    for (let d = 0; d < 65536; d++) counts[d + 1] += counts[d];
    const to = new Int32Array(from.length);
    for (let i = 0; i < from.length; i++) to[counts[(words[from[i]] >>> shift) & 0xffff]++] = from[i];
    from = to;
  }
  return from;
}
