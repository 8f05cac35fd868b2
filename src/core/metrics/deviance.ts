// Mean deviances of the exponential family, for metrics of counts and amounts: definitions as in scikit-learn's
// mean_tweedie_deviance. Predictions below 1e-12 count as that (log loss clips alike); truths outside the domain make NaN.
import { log, pow } from '../base/numerics.ts';
import type { Prediction, Target } from '../table/matrix.ts';
import { meanLoss, valueLosses } from './mean-loss.ts';
import type { Scorer } from './metric.ts';

const LEAST = 1e-12;

/** Power 1 = Poisson (truths >= 0), between 1 and 2 = compound Poisson (truths >= 0), 2 = Gamma (truths > 0). */
export function meanDeviance(truth: Target, predicted: Prediction, power: number): Scorer {
  const one = 1 - power;
  const two = 2 - power;
  const losses = valueLosses(truth, predicted, (y, p) => {
    const mean = p < LEAST ? LEAST : p;
    if (!(power === 2 ? y > 0 : y >= 0)) return NaN;
    if (power === 2) return 2 * (y / mean - 1 - log(y / mean));
    if (power === 1) return 2 * ((y > 0 ? y * log(y / mean) : 0) - y + mean);
    return 2 * (pow(y, two) / (one * two) - (y * pow(mean, one)) / one + pow(mean, two) / two);
  });
  return losses ? meanLoss(losses.map((loss) => (loss < 0 ? 0 : loss))) : () => NaN;
}
