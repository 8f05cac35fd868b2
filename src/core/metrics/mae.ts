// Mean absolute error, in the unit of the target.
import { meanLoss, valueLosses } from './mean-loss.ts';
import { defineMetric } from './metric.ts';

export const mae = defineMetric({
  type: 'mae',
  label: 'MAE',
  help: 'Mean size of an error in the unit of the target, every unit counting the same. 0 is perfect.',
  tasks: ['regression'],
  better: 'lower',
  bounds: [0, Infinity],
  prepare(truth, predicted) {
    const losses = valueLosses(truth, predicted, (y, p) => Math.abs(y - p));
    return losses ? meanLoss(losses) : () => NaN;
  },
});
