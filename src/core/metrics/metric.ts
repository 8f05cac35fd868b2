// The contract of a metric: one number from truth and prediction, with its direction and bounds.
// `prepare` does what depends on truth and prediction only (losses per row, ranking by score) once; the scorer that it
// gives is O(rows) in the weights, so a bootstrap reweights rows without sorting or taking logarithms again.
import type { Task } from '../base/task.ts';
import type { Prediction, Target } from '../table/matrix.ts';

/** Weights are >= 0, one per row, null = all 1. NaN when undefined on these rows. */
export type Scorer = (weight: Float32Array | null) => number;

export interface Metric {
  readonly type: string;
  readonly label: string;
  /** Two lines at most: what it says, its range, its definition's source. */
  readonly help: string;
  readonly tasks: readonly Task[];
  readonly better: 'higher' | 'lower';
  readonly bounds: readonly [number, number];
  /** Of use for some targets only (counts, amounts, quantiles, rankings): computed when asked for, not for every run. Absent = for every run of its tasks. */
  readonly special?: boolean;
  /** Weights are >= 0, null = all 1. NaN when undefined on these rows (one class only, no rows). */
  score(truth: Target, predicted: Prediction, weight: Float32Array | null, groups?: Int32Array | null): number;
  /** score(truth, predicted, w, groups) === prepare(truth, predicted, groups)(w), for many w. Groups: the query of each row (Matrix.groups), for rankings. */
  prepare(truth: Target, predicted: Prediction, groups?: Int32Array | null): Scorer;
}

/** A metric from its declaration; `score` follows from `prepare`. */
export const defineMetric = (metric: Omit<Metric, 'score'>): Metric => ({ ...metric, score: (truth, predicted, weight, groups) => metric.prepare(truth, predicted, groups)(weight) });
