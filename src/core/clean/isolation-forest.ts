// How easily each row is told apart from the others: an isolation forest of 100 trees (table/verbs/isolation-trees.ts).
// In: columns of numbers, NaN = missing. Out: a score per row in (0, 1), higher = more alone. The same for the same seed.
import { averagePath, ISOLATION_SAMPLE, isolationScore, isolationTree } from '../table/verbs/isolation-trees.ts';
import type { IsolationTree } from '../table/verbs/isolation-trees.ts';

const TREES = 100;

export function isolationScores(columns: readonly Float64Array[], rows: number, seed: number): Float64Array {
  const sums = new Float64Array(rows);
  for (let t = 0; t < TREES; t++) addPaths(isolationTree(columns, rows, seed, t), columns, sums);
  const norm = averagePath(Math.min(ISOLATION_SAMPLE, rows)) * TREES;
  return sums.map((sum) => isolationScore(sum / norm));
}

function addPaths({ feature, cut, right, missingLeft }: IsolationTree, columns: readonly Float64Array[], sums: Float64Array): void {
  for (let row = 0; row < sums.length; row++) {
    let node = 0;
    while (feature[node] >= 0) {
      const value = columns[feature[node]][row];
      node = value <= cut[node] || (value !== value && missingLeft[node]) ? node + 1 : right[node];
    }
    sums[row] += cut[node];
  }
}
