// Leaf values of the absolute error and of quantiles: the weighted quantile of the residuals y - score in every leaf.
// Rows are gathered leaf by leaf in row order, then selected from: O(rows) for a tree, the same numbers on every machine.
import type { LeafRows, LossRows } from './objective.ts';
import { selectQuantile } from './select-quantile.ts';

/** A renewal over rooms that are allocated once; leaves without weight keep their value. */
export function leafQuantiles({ rows, target, weight }: LossRows, share: number): (scores: Float64Array, leaf: LeafRows, values: Float64Array) => void {
  const residuals = new Float64Array(rows);
  const weights = weight ? new Float64Array(rows) : null;
  return (scores, { leafOf, leaves }, values) => {
    const next = new Int32Array(leaves + 1);
    for (let i = 0; i < rows; i++) if (leafOf[i] < leaves) next[leafOf[i] + 1]++;
    for (let leaf = 0; leaf < leaves; leaf++) next[leaf + 1] += next[leaf];
    for (let i = 0; i < rows; i++) {
      const leaf = leafOf[i];
      if (leaf >= leaves) continue;
      const at = next[leaf]++;
      residuals[at] = target[i] - scores[i];
      if (weights) weights[at] = weight![i];
    }
    for (let leaf = 0, from = 0; leaf < leaves; from = next[leaf++]) {
      const found = selectQuantile(residuals, weights, from, next[leaf], share);
      if (found === found) values[leaf] = found;
    }
  };
}

/** The weighted quantile of the targets themselves; 0 without weight. */
export function targetQuantile({ target, weight, rows }: LossRows, share: number): number {
  const found = selectQuantile(target.slice(0, rows), weight ? Float64Array.from(weight) : null, 0, rows, share);
  return found === found ? found : 0;
}
