// Mean absolute error as a share of the true value. Rows whose truth is 0 have no share and are left out (scikit-learn
// divides by 2^-52 there, which drowns all other rows); NaN when no row is left.
import { valueLosses } from './mean-loss.ts';
import { defineMetric } from './metric.ts';

export const mape = defineMetric({
  type: 'mape',
  label: 'MAPE',
  help: 'Mean size of an error as a share of the true value (0.1 = 10 %). Rows whose true value is 0 are left out.',
  tasks: ['regression'],
  better: 'lower',
  bounds: [0, Infinity],
  prepare(truth, predicted) {
    const losses = valueLosses(truth, predicted, (y, p) => (y === 0 ? -1 : Math.abs((y - p) / y)));
    if (!losses) return () => NaN;
    return (weight) => {
      let sum = 0;
      let total = 0;
      for (let i = 0; i < losses.length; i++) {
        if (losses[i] === -1) continue;
        const w = weight ? weight[i] : 1;
        sum += w * losses[i];
        total += w;
      }
      return sum / total;
    };
  },
});
