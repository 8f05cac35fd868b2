// The simplest honest answer: the class rates or the mean of the training rows, weighted. Every model must beat it.
// Makes a constant model; a class that no training row has gets probability 0.
import { widthOf } from '../models/width.ts';
import { defineLearner } from './learner.ts';
import { taskOf } from './task-of.ts';

export const baseline = defineLearner<Record<string, never>>({
  type: 'baseline',
  label: 'Baseline',
  help: 'Says the class rates (or the mean) of the training rows whatever the features. The bar that any other learner must clear.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: {},
  makes: 'constant',
  fitsOn: 'core',
  steps: 'steps',
  validates: false,
  exact: true,
  exactWeights: true,
  nominal: true,
  async fit(data, _params, context) {
    const target = data.target!;
    const classes = target.kind === 'class' ? target.classes : [];
    const task = taskOf(target);
    const sums = new Float64Array(Math.max(2, classes.length));
    let total = 0;
    for (let row = 0; row < data.rows; row++) {
      const weight = data.weight ? data.weight[row] : 1;
      if (target.kind === 'class') sums[target.codes[row]] += weight;
      else sums[0] += weight * target.values[row];
      total += weight;
    }
    const width = widthOf(task, classes.length);
    const first = task === 'binary' ? 1 : 0;
    const value = Float64Array.from({ length: width }, (_, k) => (total > 0 ? sums[first + k] / total : task === 'regression' ? 0 : 1 / Math.max(1, classes.length)));
    context.report({ stage: 'fit', done: 1, text: 'counted the training rows' });
    return { type: 'constant', task, classes, features: data.features.length, json: {}, arrays: { value } };
  },
});
