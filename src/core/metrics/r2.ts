// Coefficient of determination: 1 - (sum of squared errors) / (sum of squares about the mean of these rows).
// NaN when the truth is constant, where scikit-learn says 0 or 1 by convention.
import { defineMetric } from './metric.ts';

export const r2 = defineMetric({
  type: 'r2',
  label: 'R²',
  help: 'Share of the variance that is explained: 1 is perfect, 0 is predicting the mean, below 0 is worse than that.',
  tasks: ['regression'],
  better: 'higher',
  bounds: [-Infinity, 1],
  prepare(truth, { values, rows }) {
    if (truth.kind !== 'value') return () => NaN;
    let centre = 0;
    for (let i = 0; i < rows; i++) centre += truth.values[i] / rows;
    return (weight) => {
      let errors = 0;
      let squares = 0;
      let sum = 0;
      let total = 0;
      let isConstant = true;
      let first = NaN;
      for (let i = 0; i < rows; i++) {
        const w = weight ? weight[i] : 1;
        if (w === 0) continue;
        const y = truth.values[i];
        if (first !== first) first = y;
        else if (y !== first) isConstant = false;
        const off = y - centre;
        errors += w * (y - values[i]) ** 2;
        squares += w * off * off;
        sum += w * off;
        total += w;
      }
      return isConstant ? NaN : 1 - errors / (squares - (sum * sum) / total);
    };
  },
});
