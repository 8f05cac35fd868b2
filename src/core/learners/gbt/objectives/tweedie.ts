// Tweedie of power p in (1, 2): the mean of an amount that is often 0, e^score. a = y e^((1-p) score), b = e^((2-p) score):
// gradient b - a; hessian (p - 1) a + (2 - p) b (LightGBM's RegressionTweedieLoss). Loss: the mean deviance
// 2 (y^(2-p) / ((1-p)(2-p)) - y mu^(1-p) / (1-p) + mu^(2-p) / (2-p)).
import { exp, pow } from '../../../base/numerics.ts';
import { checkValues } from './check-values.ts';
import { fixedMeans } from './deviance.ts';
import { logMeanTarget } from './mean-target.ts';
import { defineObjective } from './objective.ts';
import { measureRanges } from './ranges.ts';

export const tweedie = defineObjective({
  type: 'tweedie',
  label: 'Tweedie',
  help: 'The mean of an amount that is often 0 and otherwise positive (cost of claims, rain, spending); effects multiply.',
  tasks: ['regression'],
  kernel: null,
  link: 'exp',
  reads: ['tweediePower'],
  grouped: false,
  maxStep: 5,
  judges: () => ['tweedie-deviance'],
  outputs: () => 1,
  check: (of) => checkValues('tweedie', of, false),
  open(train, params) {
    const one = 1 - params.tweediePower;
    const two = 2 - params.tweediePower;
    const fixed = fixedMeans((y) => (y > 0 ? (2 * pow(y, two)) / (one * two) : 0));
    return {
      start: () => Float64Array.of(logMeanTarget(train)),
      gradients(scores, out, ranges) {
        const { rows, target, weight } = train;
        for (let i = 0, at = 0; i < rows; i++, at += 2) {
          const w = weight ? weight[i] : 1;
          const a = target[i] > 0 ? target[i] * exp(one * scores[i]) : 0;
          const b = exp(two * scores[i]);
          out[at] = (b - a) * w;
          out[at + 1] = (two * b - one * a) * w;
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
          if (!(w > 0)) continue;
          const a = target[i] > 0 ? target[i] * exp(one * scores[i]) : 0;
          sum += w * (exp(two * scores[i]) / two - a / one);
        }
        return total > 0 ? (2 * sum) / total + fixed(of, step) : 0;
      },
      renew: null,
    };
  },
});
