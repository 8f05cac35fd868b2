// Matthews correlation coefficient, for K classes in Gorodkin's form (scikit-learn's matthews_corrcoef):
// (c s - sum t_k p_k) / sqrt((s^2 - sum p_k^2)(s^2 - sum t_k^2)). 0 when every decision is the same class, as there;
// NaN when the truth has one class only.
import { confusionScorer } from './decide.ts';
import { defineMetric } from './metric.ts';

export const mcc = defineMetric({
  type: 'mcc',
  label: 'MCC',
  help: 'Correlation of decision and truth: 1 is perfect, 0 is chance, -1 always wrong. Fair to all four cells of the table.',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  bounds: [-1, 1],
  prepare: (truth, predicted) =>
    confusionScorer(truth, predicted, (counts, classes) => {
      let total = 0;
      let right = 0;
      let both = 0;
      let truthSquares = 0;
      let decisionSquares = 0;
      for (let k = 0; k < classes; k++) {
        let truths = 0;
        let decisions = 0;
        for (let c = 0; c < classes; c++) {
          truths += counts[k * classes + c];
          decisions += counts[c * classes + k];
        }
        total += truths;
        right += counts[k * classes + k];
        both += truths * decisions;
        truthSquares += truths * truths;
        decisionSquares += decisions * decisions;
      }
      const truthSpread = total * total - truthSquares;
      const decisionSpread = total * total - decisionSquares;
      if (!(truthSpread > 0)) return NaN;
      if (!(decisionSpread > 0)) return 0;
      return Math.max(-1, Math.min(1, (right * total - both) / (Math.sqrt(truthSpread) * Math.sqrt(decisionSpread))));
    }),
});
