// Rows in descending order of one score, with the ends of tie groups: what ROC and precision-recall curves walk.
// Equal scores are one group (exact equality of doubles, -0 = 0), so ties are treated exactly. NaN scores give null.
// LSD radix sort on the bits of the doubles, 16 bits a pass, passes with one digit skipped: 3M rows in well under 1 s.
// Kept per prediction (predictions are never written), since several metrics and the curves walk the same order.
import type { Prediction } from '../table/matrix.ts';

export interface Ranking {
  /** Rows, highest score first; equal scores in row order. */
  readonly order: Uint32Array;
  /** 1 where order[i] is the last row of its tie group. */
  readonly ends: Uint8Array;
}

const held = new WeakMap<Float64Array, Map<number, Ranking | null>>();

/** The ranking by column `column` of the prediction; null when a score is NaN. */
export function rankScores(predicted: Prediction, column = 0): Ranking | null {
  const known = held.get(predicted.values) ?? new Map<number, Ranking | null>();
  held.set(predicted.values, known);
  if (!known.has(column)) known.set(column, sortDescending(predicted.values, predicted.width, column, predicted.rows));
  return known.get(column)!;
}

function sortDescending(values: Float64Array, width: number, column: number, rows: number): Ranking | null {
  const scores = new Float64Array(rows);
  for (let i = 0, at = column; i < rows; i++, at += width) {
    const score = values[at] + 0;
    if (score !== score) return null;
    scores[i] = score;
  }
  const order = isDescending(scores) ? rowNumbers(rows) : radixSort(descendingWords(scores), rows);
  const ends = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) if (i + 1 === rows || scores[order[i]] !== scores[order[i + 1]]) ends[i] = 1;
  return { order, ends };
}

function isDescending(scores: Float64Array): boolean {
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[i - 1]) return false;
  return true;
}

function rowNumbers(rows: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) order[i] = i;
  return order;
}

/** The doubles as unsigned 64-bit keys (low word, high word) whose ascending order is the descending order of values. */
function descendingWords(scores: Float64Array): Uint32Array {
  const words = new Uint32Array(scores.buffer.slice(0));
  for (let i = 0; i < words.length; i += 2) {
    if ((words[i + 1] & 0x80000000) !== 0) continue;
    words[i] = ~words[i];
    words[i + 1] = ~words[i + 1] & 0x7fffffff;
  }
  return words;
}

function radixSort(words: Uint32Array, rows: number): Uint32Array {
  let order = rowNumbers(rows);
  let spare = new Uint32Array(rows);
  const wide = rows > 4096;
  const bits = wide ? 16 : 8;
  const mask = (1 << bits) - 1;
  const starts = new Uint32Array(mask + 2);
  for (let shift = 0; shift < 64; shift += bits) {
    const word = shift >> 5;
    const by = shift & 31;
    starts.fill(0);
    for (let i = word; i < words.length; i += 2) starts[((words[i] >>> by) & mask) + 1]++;
    if (rows > 0 && starts[((words[word] >>> by) & mask) + 1] === rows) continue;
    for (let d = 0; d < mask; d++) starts[d + 1] += starts[d];
    for (let i = 0; i < rows; i++) {
      const row = order[i];
      spare[starts[(words[2 * row + word] >>> by) & mask]++] = row;
    }
    [order, spare] = [spare, order];
  }
  return order;
}
