// Sums over targets that several objectives begin with.
import { log } from '../../../base/numerics.ts';
import type { LossRows } from './objective.ts';

/** The weighted mean of the targets; 0 without weight. */
export function meanTarget({ rows, target, weight }: LossRows): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const w = weight ? weight[i] : 1;
    sum += w * target[i];
    total += w;
  }
  return total > 0 ? sum / total : 0;
}

/** The logarithm of the mean: the start of every log link. Means below 1e-12 count as that. */
export const logMeanTarget = (of: LossRows): number => log(Math.max(1e-12, meanTarget(of)));

/** A probability inside [1e-6, 1 - 1e-6]. */
export const insidePrior = (share: number): number => Math.min(1 - 1e-6, Math.max(1e-6, share));
