// Huber's loss: squared up to delta, linear beyond, so that outliers cannot pull. gradient: the error held to +-delta;
// hessian 1 (LightGBM's RegressionHuberLoss). Delta is fixed, or (0) the 90 % quantile of |error| of each round; losses are
// then measured at the delta of the start, so that rounds can be compared. As in Friedman (2001, M-TreeBoost) it starts at
// the median, and a leaf is the median of its residuals plus the mean of what they differ from it, held to +-delta.
import { defineObjective } from './objective.ts';
import type { LossRows } from './objective.ts';
import { measureRanges } from './ranges.ts';
import { renewLeaves, targetQuantile } from './renew-leaves.ts';
import { selectQuantile } from './select-quantile.ts';

const SHARE = 0.9;

export const huber = defineObjective({
  type: 'huber',
  label: 'Huber',
  help: 'Like the squared error for small errors and the absolute error for large ones: the mean, with outliers held back.',
  tasks: ['regression'],
  kernel: null,
  link: 'identity',
  reads: ['huberDelta'],
  grouped: false,
  maxStep: Infinity,
  judges: () => [],
  outputs: () => 1,
  check: () => {},
  open(train, params) {
    const { rows, target, weight } = train;
    const median = targetQuantile(train, 0.5);
    const deltaAt = params.huberDelta > 0 ? () => params.huberDelta : errorQuantile(train);
    const first = deltaAt(new Float64Array(rows).fill(median));
    let delta = first;
    return {
      start: () => Float64Array.of(median),
      gradients(scores, out, ranges) {
        delta = deltaAt(scores);
        for (let i = 0, at = 0; i < rows; i++, at += 2) {
          const w = weight ? weight[i] : 1;
          const error = scores[i] - target[i];
          out[at] = (error > delta ? delta : error < -delta ? -delta : error) * w;
          out[at + 1] = w;
        }
        measureRanges(out, weight, rows, 1, ranges);
      },
      mean: (scores, of, step = 1) => meanLoss(scores, of, first, step),
      renew: renewLeaves(train, (residuals, weights, from, to) => leafValue(residuals, weights, from, to, delta)),
    };
  },
});

/** The 90 % quantile of |error|, over a room that is allocated once; the largest error when that is 0. */
function errorQuantile({ rows, target, weight }: LossRows): (scores: Float64Array) => number {
  const errors = new Float64Array(rows);
  const weights = weight ? new Float64Array(rows) : null;
  return (scores) => {
    let most = 0;
    for (let i = 0; i < rows; i++) {
      errors[i] = Math.abs(scores[i] - target[i]);
      if (errors[i] > most) most = errors[i];
      if (weights) weights[i] = weight![i];
    }
    const found = selectQuantile(errors, weights, 0, rows, SHARE);
    return found > 0 ? found : most;
  };
}

/** One step from the median towards Huber's own mean. */
function leafValue(residuals: Float64Array, weights: Float64Array | null, from: number, to: number, delta: number): number {
  const median = selectQuantile(residuals, weights, from, to, 0.5);
  let sum = 0;
  let total = 0;
  for (let i = from; i < to; i++) {
    const w = weights ? weights[i] : 1;
    const off = residuals[i] - median;
    sum += w * (off > delta ? delta : off < -delta ? -delta : off);
    total += w;
  }
  return median + sum / total;
}

function meanLoss(scores: Float64Array, { rows, target, weight }: LossRows, delta: number, step: number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows; i += step) {
    const w = weight ? weight[i] : 1;
    const error = Math.abs(scores[i] - target[i]);
    total += w;
    if (w > 0) sum += w * (error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta));
  }
  return total > 0 ? sum / total : 0;
}
