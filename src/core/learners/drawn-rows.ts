// Rows that a learner keeps when it can not keep all: those of weight above 0, or that many of them drawn without
// replacement, in order of their number. A function of (rows, weights, seed) alone.
import { sequence } from '../base/random.ts';
import type { Matrix } from '../table/matrix.ts';

export function drawnRows(matrix: Matrix, most: number, seed: number, use: string): Int32Array {
  const live: number[] = [];
  for (let row = 0; row < matrix.rows; row++) if (!matrix.weight || matrix.weight[row] > 0) live.push(row);
  if (live.length <= most) return Int32Array.from(live);
  const random = sequence(seed, use);
  for (let i = 0; i < most; i++) {
    const j = i + random.below(live.length - i);
    [live[i], live[j]] = [live[j], live[i]];
  }
  return Int32Array.from(live.slice(0, most)).sort();
}
