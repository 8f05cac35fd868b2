// Poisson: the mean of a count, e^score. gradient e^score - y; hessian e^(score + 0.7), LightGBM's poisson_max_delta_step,
// which holds steps back where counts are small. Loss: the mean deviance 2 (y ln(y / mu) - y + mu).
import { exp, log } from '../../../base/numerics.ts';
import { checkValues } from './check-values.ts';
import { fixedMeans } from './deviance.ts';
import { logMeanTarget } from './mean-target.ts';
import { defineObjective } from './objective.ts';
import { measureRanges } from './ranges.ts';

/** e^0.7. */
const STEP = exp(0.7);

export const poisson = defineObjective({
  type: 'poisson',
  label: 'Poisson',
  help: 'The mean of a count (visits, claims, sales); effects multiply. Targets of 0 or more.',
  tasks: ['regression'],
  kernel: null,
  link: 'exp',
  reads: [],
  grouped: false,
  maxStep: 5,
  judges: () => ['poisson-deviance'],
  outputs: () => 1,
  check: (of) => checkValues('poisson', of, false),
  open(train) {
    const fixed = fixedMeans((y) => (y > 0 ? 2 * (y * log(y) - y) : 0));
    return {
      start: () => Float64Array.of(logMeanTarget(train)),
      gradients(scores, out, ranges) {
        const { rows, target, weight } = train;
        for (let i = 0, at = 0; i < rows; i++, at += 2) {
          const w = weight ? weight[i] : 1;
          const mean = exp(scores[i]);
          out[at] = (mean - target[i]) * w;
          out[at + 1] = mean * STEP * w;
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
          if (w > 0) sum += w * (exp(scores[i]) - target[i] * scores[i]);
        }
        return total > 0 ? (2 * sum) / total + fixed(of, step) : 0;
      },
      renew: null,
    };
  },
});
