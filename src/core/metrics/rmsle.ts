// Root of the mean squared error of ln(1 + value), as scikit-learn's root_mean_squared_log_error.
import { log1p } from '../base/numerics.ts';
import { meanLoss, valueLosses } from './mean-loss.ts';
import { defineMetric } from './metric.ts';

export const rmsle = defineMetric({
  type: 'rmsle',
  label: 'RMSLE',
  help: 'RMSE of ln(1 + value): errors count by ratio, for amounts over many sizes. 0 is perfect. Predictions below 0 count as 0; undefined for negative truths.',
  tasks: ['regression'],
  better: 'lower',
  bounds: [0, Infinity],
  special: true,
  prepare(truth, predicted) {
    const losses = valueLosses(truth, predicted, (y, p) => (y >= 0 ? (log1p(y) - log1p(p > 0 ? p : 0)) ** 2 : NaN));
    if (!losses) return () => NaN;
    const mean = meanLoss(losses);
    return (weight) => Math.sqrt(mean(weight));
  },
});
