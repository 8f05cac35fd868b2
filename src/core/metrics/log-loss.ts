// Mean negative logarithm of the probability given to the class that came true.
// Probabilities are clipped to [eps, 1 - eps], eps = 2^-52, as scikit-learn's log_loss does for doubles.
import { log } from '../base/numerics.ts';
import { meanLoss } from './mean-loss.ts';
import { defineMetric } from './metric.ts';

const eps = 2 ** -52;

export const logLoss = defineMetric({
  type: 'log-loss',
  label: 'Log loss',
  help: 'Mean surprise at the true class, in nats: 0 is perfect, ln 2 = 0.693 is a coin. Punishes confident errors hard.',
  tasks: ['binary', 'multiclass'],
  better: 'lower',
  bounds: [0, -log(eps)],
  prepare(truth, { values, width, rows }) {
    if (truth.kind !== 'class') return () => NaN;
    const losses = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const code = truth.codes[i];
      const p = width === 1 ? (code === 1 ? values[i] : 1 - values[i]) : values[i * width + code];
      losses[i] = -log(p < eps ? eps : p > 1 - eps ? 1 - eps : p);
    }
    return meanLoss(losses);
  },
});
