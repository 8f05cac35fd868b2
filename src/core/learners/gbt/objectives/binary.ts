// Logistic loss: the probability of the positive class. Kernel objective; `gradients` here is its definition.
// p = sigmoid(score); gradient p - y; hessian p (1 - p).
import { exp, log, sigmoid, softplus } from '../../../base/numerics.ts';
import { insidePrior, meanTarget } from './mean-target.ts';
import { defineObjective } from './objective.ts';
import type { LossRows } from './objective.ts';
import { measureRanges } from './ranges.ts';

export const binary = defineObjective({
  type: 'binary',
  label: 'Log loss',
  help: 'The probability of the positive class.',
  tasks: ['binary'],
  kernel: 'binary',
  link: 'sigmoid',
  reads: ['balance'],
  grouped: false,
  maxStep: Infinity,
  judges: () => [],
  outputs: () => 1,
  check: () => {},
  open: (train) => ({
    start() {
      const prior = insidePrior(meanTarget(train));
      return Float64Array.of(log(prior / (1 - prior)));
    },
    gradients(scores, out, ranges) {
      const { rows, target, weight } = train;
      for (let i = 0, at = 0; i < rows; i++, at += 2) {
        const w = weight ? weight[i] : 1;
        const p = sigmoid(scores[i]);
        out[at] = (p - target[i]) * w;
        out[at + 1] = p * (1 - p) * w;
      }
      measureRanges(out, weight, rows, 1, ranges);
    },
    mean: (scores, of, step = 1) => (of.weight ? weightedLoss(scores, of, of.weight, step) : plainLoss(scores, of, step)),
    renew: null,
  }),
});

/** log(1 + e^-margin): factors are multiplied while they fit, so that one logarithm serves many rows. */
function plainLoss(scores: Float64Array, { rows, target }: LossRows, step: number): number {
  let sum = 0;
  let product = 1;
  let count = 0;
  for (let i = 0; i < rows; i += step, count++) {
    const against = target[i] > 0 ? -scores[i] : scores[i];
    if (against > 200) sum += softplus(against);
    else product *= 1 + exp(against);
    if (product > 1e200) {
      sum += log(product);
      product = 1;
    }
  }
  return count > 0 ? (sum + log(product)) / count : 0;
}

function weightedLoss(scores: Float64Array, { rows, target }: LossRows, weight: Float32Array, step: number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows; i += step) {
    total += weight[i];
    if (weight[i] > 0) sum += weight[i] * softplus(target[i] > 0 ? -scores[i] : scores[i]);
  }
  return total > 0 ? sum / total : 0;
}
