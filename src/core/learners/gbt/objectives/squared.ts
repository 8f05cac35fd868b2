// The squared error: the mean of the target. Kernel objective. gradient score - y; hessian 1.
import { meanTarget } from './mean-target.ts';
import { defineObjective } from './objective.ts';
import type { LossRows } from './objective.ts';
import { measureRanges } from './ranges.ts';

export const squared = defineObjective({
  type: 'squared',
  label: 'Squared error',
  help: 'The mean of the target. The first choice for values; large errors count most.',
  tasks: ['regression'],
  kernel: 'squared',
  link: 'identity',
  reads: [],
  grouped: false,
  maxStep: Infinity,
  judges: () => [],
  outputs: () => 1,
  check: () => {},
  open: (train) => ({
    start: () => Float64Array.of(meanTarget(train)),
    gradients(scores, out, ranges) {
      const { rows, target, weight } = train;
      for (let i = 0, at = 0; i < rows; i++, at += 2) {
        const w = weight ? weight[i] : 1;
        out[at] = (scores[i] - target[i]) * w;
        out[at + 1] = w;
      }
      measureRanges(out, weight, rows, 1, ranges);
    },
    mean: meanSquare,
    renew: null,
  }),
});

function meanSquare(scores: Float64Array, { rows, target, weight }: LossRows, step = 1): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows; i += step) {
    const w = weight ? weight[i] : 1;
    const error = scores[i] - target[i];
    total += w;
    if (w > 0) sum += w * (error * error);
  }
  return total > 0 ? sum / total : 0;
}
