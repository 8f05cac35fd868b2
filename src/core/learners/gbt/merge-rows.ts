// Training rows that are equal in every feature, the target and the weight, merged into one that counts as many.
// Equal rows have equal gradients for ever, so nothing is lost: the row's weight is multiplied, and `copies` keeps what counts as
// rows (least rows of a leaf, covers). At most MOST_COPIES to a row: a heavier one would coarsen the quanta of all others.
// Only where it pays: many rows, of which a sample shows that a quarter is met twice (logs, surveys, small integer tables).
import type { Matrix, Target } from '../../table/matrix.ts';
import type { LossRows } from './objectives/objective.ts';

const LEAST_ROWS = 65_536;
const SAMPLE_ROWS = 16_384;
const LEAST_SHARE = 0.25;
export const MOST_COPIES = 16;
/** Rows hashed at a time: their hashes stay in the first-level cache. */
const BLOCK = 2048;

export type MergedRows = { readonly matrix: Matrix; readonly train: LossRows; /** Rows that each merged one stands for. */ readonly copies: Uint8Array };

/** Null when there is little to merge, or rows come in queries. `train` holds the targets and weights of the matrix's rows. */
export function mergeRows(matrix: Matrix, train: LossRows, leastRows: number = LEAST_ROWS): MergedRows | null {
  const { rows } = matrix;
  if (rows < leastRows || train.groups || !matrix.target) return null;
  const words = wordsOf(matrix, train);
  const step = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const sample = packsOf(words, Math.floor(rows / step), step);
  if (sample.first.length > (1 - LEAST_SHARE) * sample.packOf.length) return null;
  const { first, copies, packOf } = packsOf(words, rows, 1);
  if (first.length > (1 - LEAST_SHARE) * rows || !areEqual(words, first, packOf)) return null;
  const weight = new Float32Array(first.length);
  const target = new Float64Array(first.length);
  for (let pack = 0; pack < first.length; pack++) {
    weight[pack] = copies[pack] * (train.weight ? train.weight[first[pack]] : 1);
    target[pack] = train.target[first[pack]];
  }
  const merged: Matrix = { rows: first.length, features: matrix.features, data: matrix.data.map((column) => valuesAt(column, first)), target: targetAt(matrix.target, first), weight };
  return { matrix: merged, train: { rows: first.length, target, weight, groups: null }, copies };
}

/** What makes rows equal, as 32-bit words: one array and the words from one row to the next. */
type Words = { readonly at: Int32Array; readonly stride: number };
function wordsOf({ data }: Matrix, { target, weight }: LossRows): Words[] {
  const words = data.map((column) => ({ at: new Int32Array(column.buffer, column.byteOffset, column.length), stride: 1 }));
  const halves = new Int32Array(target.buffer, target.byteOffset, 2 * target.length);
  words.push({ at: halves, stride: 2 }, { at: halves.subarray(1), stride: 2 });
  if (weight) words.push({ at: new Int32Array(weight.buffer, weight.byteOffset, weight.length), stride: 1 });
  return words;
}

/** Rows of equal 64-bit hash, in packs of at most MOST_COPIES: the first row of each pack (ascending), its rows, the pack of each row. */
function packsOf(words: readonly Words[], count: number, step: number): { first: Int32Array; copies: Uint8Array; packOf: Int32Array } {
  const low = new Int32Array(count);
  const high = new Int32Array(count);
  for (let start = 0; start < count; start += BLOCK) hashBlock(words, start, Math.min(count, start + BLOCK), step, low, high);
  let size = 1;
  while (size < 2 * count) size *= 2;
  const open = new Int32Array(size).fill(-1);
  const first: number[] = [];
  const copies = new Uint8Array(count);
  const packOf = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let place = (low[i] ^ (high[i] >>> 7)) & (size - 1);
    while (open[place] >= 0 && !(low[first[open[place]]] === low[i] && high[first[open[place]]] === high[i])) place = (place + 1) & (size - 1);
    if (open[place] < 0 || copies[open[place]] === MOST_COPIES) open[place] = first.push(i) - 1;
    copies[open[place]]++;
    packOf[i] = open[place];
  }
  return { first: Int32Array.from(first), copies: copies.slice(0, first.length), packOf };
}

/** Two 32-bit hashes of each row, four words of it at a time while there are as many. */
function hashBlock(words: readonly Words[], start: number, end: number, step: number, low: Int32Array, high: Int32Array): void {
  let w = 0;
  for (; w + 4 <= words.length && words[w + 3].stride === 1; w += 4) {
    const [one, two, three, four] = [words[w].at, words[w + 1].at, words[w + 2].at, words[w + 3].at];
    for (let i = start, from = start * step; i < end; i++, from += step) {
      const [a, b, c, d] = [one[from], two[from], three[from], four[from]];
      let hash = Math.imul(low[i] ^ a, 0x9e3779b1) ^ b;
      hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca77) ^ c;
      hash = Math.imul(hash ^ (hash >>> 13), 0x9e3779b1) ^ d;
      low[i] = hash ^ (hash >>> 16);
      let other = Math.imul(high[i] + d, 0x85ebca77) + c;
      other = Math.imul(other ^ (other >>> 13), 0xc2b2ae3d) + b;
      other = Math.imul(other ^ (other >>> 15), 0x85ebca77) + a;
      high[i] = other ^ (other >>> 16);
    }
  }
  for (; w < words.length; w++) {
    const { at, stride } = words[w];
    const by = stride * step;
    for (let i = start, from = start * by; i < end; i++, from += by) {
      const a = Math.imul(low[i] ^ at[from], 0x9e3779b1);
      const b = Math.imul(high[i] + at[from], 0x85ebca77);
      low[i] = a ^ (a >>> 15);
      high[i] = b ^ (b >>> 13);
    }
  }
}

/** Hashes may collide; words do not. Rows that are the first of their pack need no look. */
function areEqual(words: readonly Words[], first: Int32Array, packOf: Int32Array): boolean {
  const rows = new Int32Array(BLOCK);
  const firsts = new Int32Array(BLOCK);
  for (let start = 0; start < packOf.length; start += BLOCK) {
    const end = Math.min(packOf.length, start + BLOCK);
    let n = 0;
    for (let row = start; row < end; row++) {
      rows[n] = row;
      firsts[n] = first[packOf[row]];
      n += Number(firsts[n] !== row);
    }
    for (const { at, stride } of words) {
      let differ = 0;
      for (let i = 0; i < n; i++) differ |= at[rows[i] * stride] ^ at[firsts[i] * stride];
      if (differ !== 0) return false;
    }
  }
  return true;
}

function valuesAt(column: Float32Array, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = column[rows[i]];
  return out;
}

function targetAt(target: Target, rows: Int32Array): Target {
  return target.kind === 'class' ? { ...target, codes: rows.map((row) => target.codes[row]) } : { ...target, values: Float64Array.from(rows, (row) => target.values[row]) };
}
