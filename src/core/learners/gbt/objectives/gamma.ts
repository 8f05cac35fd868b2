// Gamma: the mean of a positive amount, e^score, with errors in proportion to it. r = y e^-score: gradient 1 - r; hessian r
// (LightGBM's RegressionGammaLoss). Loss: the mean deviance 2 (y / mu - 1 - ln(y / mu)).
import { exp, log } from '../../../base/numerics.ts';
import { checkValues } from './check-values.ts';
import { fixedMeans } from './deviance.ts';
import { logMeanTarget } from './mean-target.ts';
import { defineObjective } from './objective.ts';
import { measureRanges } from './ranges.ts';

export const gamma = defineObjective({
  type: 'gamma',
  label: 'Gamma',
  help: 'The mean of a positive, skewed amount (claim sizes, durations, prices): relative errors count, effects multiply.',
  tasks: ['regression'],
  kernel: null,
  link: 'exp',
  reads: [],
  grouped: false,
  maxStep: 5,
  judges: () => ['gamma-deviance'],
  outputs: () => 1,
  check: (of) => checkValues('gamma', of, true),
  open(train) {
    const fixed = fixedMeans((y) => -2 * (1 + log(y)));
    return {
      start: () => Float64Array.of(logMeanTarget(train)),
      gradients(scores, out, ranges) {
        const { rows, target, weight } = train;
        for (let i = 0, at = 0; i < rows; i++, at += 2) {
          const w = weight ? weight[i] : 1;
          const ratio = target[i] * exp(-scores[i]);
          out[at] = (1 - ratio) * w;
          out[at + 1] = ratio * w;
        }
        measureRanges(out, weight, rows, 1, ranges);
      },
      mean(scores, of, step = 1) {
        const { rows, target, weight } = of;
        let sum = 0;
        let total = 0;
        for (let i = 0; i < rows; i += step) {
          const w = weight ? weight[i] : 1;
          total += w;
          if (w > 0) sum += w * (target[i] * exp(-scores[i]) + scores[i]);
        }
        return total > 0 ? (2 * sum) / total + fixed(of, step) : 0;
      },
      renew: null,
    };
  },
});
