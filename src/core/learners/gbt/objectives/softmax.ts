// Cross-entropy of softmax: a probability for each class, one tree per class and round. Kernel objective.
// gradient p_k - [y = k]; hessian p_k (1 - p_k) K / (K - 1), as LightGBM and Friedman (2001) scale it.
import { exp, log, softmax as softmaxInPlace } from '../../../base/numerics.ts';
import { insidePrior } from './mean-target.ts';
import { defineObjective } from './objective.ts';
import type { LossRows } from './objective.ts';
import { measureRanges } from './ranges.ts';

export const softmax = defineObjective({
  type: 'softmax',
  label: 'Cross-entropy',
  help: 'A probability for each class.',
  tasks: ['multiclass'],
  kernel: 'softmax',
  link: 'softmax',
  reads: ['balance'],
  grouped: false,
  maxStep: Infinity,
  judges: () => [],
  outputs: (classes) => classes,
  check: () => {},
  open(train, _, outputs) {
    const block = new Float64Array(outputs);
    const factor = outputs / (outputs - 1);
    return {
      start: () => logPriors(train, outputs),
      gradients(scores, out, ranges) {
        const { rows, target, weight } = train;
        for (let row = 0; row < rows; row++) {
          const w = weight ? weight[row] : 1;
          for (let k = 0; k < outputs; k++) block[k] = scores[k * rows + row];
          softmaxInPlace(block, 0, outputs);
          for (let k = 0; k < outputs; k++) {
            const at = 2 * (k * rows + row);
            out[at] = (block[k] - (target[row] === k ? 1 : 0)) * w;
            out[at + 1] = block[k] * (1 - block[k]) * factor * w;
          }
        }
        measureRanges(out, weight, rows, outputs, ranges);
      },
      mean: (scores, of, step = 1) => meanLoss(scores, of, outputs, step),
      renew: null,
    };
  },
});

function logPriors({ rows, target, weight }: LossRows, outputs: number): Float64Array {
  const sums = new Float64Array(outputs);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const w = weight ? weight[i] : 1;
    total += w;
    sums[target[i]] += w;
  }
  return sums.map((sum) => log(insidePrior(total > 0 ? sum / total : 0.5)));
}

function meanLoss(scores: Float64Array, { rows, target, weight }: LossRows, outputs: number, step: number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < rows; row += step) {
    const w = weight ? weight[row] : 1;
    total += w;
    if (!(w > 0)) continue;
    let top = -Infinity;
    for (let k = 0; k < outputs; k++) if (scores[k * rows + row] > top) top = scores[k * rows + row];
    let powers = 0;
    for (let k = 0; k < outputs; k++) powers += exp(scores[k * rows + row] - top);
    sum += w * (top + log(powers) - scores[target[row] * rows + row]);
  }
  return total > 0 ? sum / total : 0;
}
