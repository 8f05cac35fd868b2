// Leaf values from the residuals y - score of each leaf's rows, for objectives whose Newton steps say little of distance.
// Rows of weight are gathered leaf by leaf in row order: O(rows) for a tree, the same numbers on every machine.
import type { LossRows, OpenObjective } from './objective.ts';
import { selectQuantile } from './select-quantile.ts';

/** The value of a leaf, from values[from .. to) and their weights (null = all 1), which it may reorder; from < to. */
export type LeafValue = (residuals: Float64Array, weights: Float64Array | null, from: number, to: number) => number;

/** A renewal over rooms that are allocated once; leaves without weight keep their value. */
export function renewLeaves({ rows, target, weight }: LossRows, valueOf: LeafValue): NonNullable<OpenObjective['renew']> {
  const residuals = new Float64Array(rows);
  const weights = weight ? new Float64Array(rows) : null;
  return (scores, { leafOf, leaves }, values) => {
    const next = new Int32Array(leaves + 1);
    for (let i = 0; i < rows; i++) if (leafOf[i] < leaves && (!weight || weight[i] > 0)) next[leafOf[i] + 1]++;
    for (let leaf = 0; leaf < leaves; leaf++) next[leaf + 1] += next[leaf];
    for (let i = 0; i < rows; i++) {
      const leaf = leafOf[i];
      if (leaf >= leaves || (weight && !(weight[i] > 0))) continue;
      const at = next[leaf]++;
      residuals[at] = target[i] - scores[i];
      if (weights) weights[at] = weight![i];
    }
    for (let leaf = 0, from = 0; leaf < leaves; from = next[leaf++]) if (from < next[leaf]) values[leaf] = valueOf(residuals, weights, from, next[leaf]);
  };
}

/** The weighted quantile of the targets themselves; 0 without weight. */
export function targetQuantile({ target, weight, rows }: LossRows, share: number): number {
  const found = selectQuantile(target.slice(0, rows), weight ? Float64Array.from(weight) : null, 0, rows, share);
  return found === found ? found : 0;
}
