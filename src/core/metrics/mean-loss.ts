// Losses per row -> a scorer that gives their weighted mean; the plain part of every additive metric.
import type { Prediction, Target } from '../table/matrix.ts';
import type { Scorer } from './metric.ts';

/** The weighted mean of losses; NaN without weight. */
export function meanLoss(losses: Float64Array): Scorer {
  return (weight) => {
    let sum = 0;
    if (!weight) {
      for (let i = 0; i < losses.length; i++) sum += losses[i];
      return sum / losses.length;
    }
    let total = 0;
    for (let i = 0; i < losses.length; i++) {
      sum += weight[i] * losses[i];
      total += weight[i];
    }
    return sum / total;
  };
}

/** Losses of a regression, `loss(truth, predicted)` for each row; null when the truth is classes. */
export function valueLosses(truth: Target, predicted: Prediction, loss: (truth: number, predicted: number) => number): Float64Array | null {
  if (truth.kind !== 'value') return null;
  const out = new Float64Array(predicted.rows);
  for (let i = 0; i < out.length; i++) out[i] = loss(truth.values[i], predicted.values[i]);
  return out;
}
