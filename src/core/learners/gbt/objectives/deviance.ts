// Mean deviance = what depends on the scores + what depends on the truth alone; the second is summed once for the rows it is of.
import type { LossRows } from './objective.ts';

/** A mean that remembers, for each of the rows it is asked of, the weighted mean of `fixed` over every step-th target. */
export function fixedMeans(fixed: (target: number) => number): (of: LossRows, step: number) => number {
  const known = new WeakMap<LossRows, { step: number; mean: number }>();
  return (of, step) => {
    const found = known.get(of);
    if (found?.step === step) return found.mean;
    let sum = 0;
    let total = 0;
    for (let i = 0; i < of.rows; i += step) {
      const w = of.weight ? of.weight[i] : 1;
      total += w;
      if (w > 0) sum += w * fixed(of.target[i]);
    }
    const mean = total > 0 ? sum / total : 0;
    known.set(of, { step, mean });
    return mean;
  };
}
