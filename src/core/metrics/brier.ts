// Mean squared distance between the predicted probabilities and what came true (Brier 1950).
// Binary: (p - y)^2 in [0, 1]; multiclass: the sum over classes, in [0, 2], as in scikit-learn's brier_score_loss.
import { meanLoss } from './mean-loss.ts';
import { defineMetric } from './metric.ts';

export const brier = defineMetric({
  type: 'brier',
  label: 'Brier score',
  help: 'Mean squared error of the probabilities: 0 is perfect, 0.25 is a coin. In [0, 1], for three or more classes [0, 2].',
  tasks: ['binary', 'multiclass'],
  better: 'lower',
  bounds: [0, 2],
  prepare(truth, { values, width, rows }) {
    if (truth.kind !== 'class') return () => NaN;
    const losses = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      if (width === 1) {
        losses[i] = (values[i] - truth.codes[i]) ** 2;
        continue;
      }
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (values[i * width + k] - (truth.codes[i] === k ? 1 : 0)) ** 2;
      losses[i] = sum;
    }
    return meanLoss(losses);
  },
});
