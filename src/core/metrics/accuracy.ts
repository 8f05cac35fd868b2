// Share of rows whose decided class is the true one.
import { confusionScorer } from './decide.ts';
import { defineMetric } from './metric.ts';

export const accuracy = defineMetric({
  type: 'accuracy',
  label: 'Accuracy',
  help: 'Share of rows decided right. Misleading when one class is common: compare it with the baseline.',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  bounds: [0, 1],
  prepare: (truth, predicted) =>
    confusionScorer(truth, predicted, (counts, classes) => {
      let right = 0;
      let total = 0;
      for (let c = 0; c < counts.length; c++) {
        total += counts[c];
        if (c % (classes + 1) === 0) right += counts[c];
      }
      return right / total;
    }),
});
