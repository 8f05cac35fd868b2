// What a contestant's predictions of the test rows come to in the measure of the set.
import type { Prediction, Target } from '../../core/table/matrix.ts';
import { metrics } from '../../core/metrics/index.ts';
import type { NetSet } from './net-quality-sets.ts';

export function scoreSet({ measure, task, unit }: NetSet, target: Target, values: Float64Array): number {
  const classes = target.kind === 'class' ? target.classes : [];
  const rows = target.kind === 'class' ? target.codes.length : target.values.length;
  const said: Prediction = { task, classes, rows, width: task === 'multiclass' ? classes.length : 1, values };
  return metrics.get(measure).score(target, said, null) / (measure === 'rmse' ? unit : 1);
}
