// Mean recall over the classes that occur in the truth (scikit-learn's balanced_accuracy_score, not adjusted).
import { confusionScorer } from './decide.ts';
import { defineMetric } from './metric.ts';

export const balancedAccuracy = defineMetric({
  type: 'balanced-accuracy',
  label: 'Balanced accuracy',
  help: 'Mean recall over the classes, each counting the same: 1 is perfect, one over the number of classes is chance.',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  bounds: [0, 1],
  prepare: (truth, predicted) =>
    confusionScorer(truth, predicted, (counts, classes) => {
      let sum = 0;
      let present = 0;
      for (let t = 0; t < classes; t++) {
        let total = 0;
        for (let p = 0; p < classes; p++) total += counts[t * classes + p];
        if (total === 0) continue;
        sum += counts[t * classes + t] / total;
        present++;
      }
      return sum / present;
    }),
});
