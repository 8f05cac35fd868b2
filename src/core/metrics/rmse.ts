// Root of the mean squared error, in the unit of the target.
import { meanLoss, valueLosses } from './mean-loss.ts';
import { defineMetric } from './metric.ts';

export const rmse = defineMetric({
  type: 'rmse',
  label: 'RMSE',
  help: 'Typical size of an error in the unit of the target, large errors counting more. 0 is perfect.',
  tasks: ['regression'],
  better: 'lower',
  bounds: [0, Infinity],
  prepare(truth, predicted) {
    const losses = valueLosses(truth, predicted, (y, p) => (y - p) ** 2);
    if (!losses) return () => NaN;
    const mean = meanLoss(losses);
    return (weight) => Math.sqrt(mean(weight));
  },
});
