// The contract of a metric: one number from truth and prediction, with its direction and bounds.
import type { Task } from '../base/task.ts';
import type { Prediction, Target } from '../table/matrix.ts';

export interface Metric {
  readonly type: string;
  readonly label: string;
  /** Two lines at most: what it says, its range, its definition's source. */
  readonly help: string;
  readonly tasks: readonly Task[];
  readonly better: 'higher' | 'lower';
  readonly bounds: readonly [number, number];
  /** Weights are >= 0, null = all 1. NaN when undefined on these rows (one class only, no rows). */
  score(truth: Target, predicted: Prediction, weight: Float32Array | null): number;
}
export const defineMetric = (metric: Metric): Metric => metric;
