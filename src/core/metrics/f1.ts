// F1: harmonic mean of precision and recall, 2 tp / (2 tp + fp + fn). Binary: of the positive class; multiclass: the
// plain mean over classes that occur in truth or decisions (scikit-learn's average='macro').
// NaN when no row is or is decided positive.
import { confusionScorer } from './decide.ts';
import { defineMetric } from './metric.ts';

export const f1 = defineMetric({
  type: 'f1',
  label: 'F1',
  help: 'Harmonic mean of precision and recall of the positive class at threshold 0.5; for more classes, their plain mean.',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  bounds: [0, 1],
  prepare: (truth, predicted) =>
    confusionScorer(truth, predicted, (counts, classes) => {
      if (predicted.width === 1) return f1Of(counts, classes, 1);
      let sum = 0;
      let present = 0;
      for (let k = 0; k < classes; k++) {
        const value = f1Of(counts, classes, k);
        if (value !== value) continue;
        sum += value;
        present++;
      }
      return sum / present;
    }),
});

function f1Of(counts: Float64Array, classes: number, k: number): number {
  let truths = 0;
  let decisions = 0;
  for (let c = 0; c < classes; c++) {
    truths += counts[k * classes + c];
    decisions += counts[c * classes + k];
  }
  return (2 * counts[k * classes + k]) / (truths + decisions);
}
