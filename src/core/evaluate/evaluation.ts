// What was found on held-out rows: a JSON record with every figure and curve that the Evaluate page draws.
// Curves are thinned to at most 200 points; counts are always beside rates. Intervals: percentile bootstrap, 95 %.
export type Interval = { value: number; low: number; high: number };

export type Evaluation = {
  rows: number;
  /** By metric type; low and high bound the 95 % bootstrap interval (resamples of test rows, seeded). */
  metrics: { [type: string]: Interval };
  resamples: number;
  /** confusion[t][p] counts test rows of class t predicted as p (argmax; 0.5 for binary). Null for regression. */
  confusion: { classes: string[]; counts: number[][] } | null;
  /** One curve per positive class (binary: one). */
  roc: { positive: string; auc: number; points: { threshold: number; fpr: number; tpr: number }[] }[];
  pr: { positive: string; ap: number; base: number; points: { threshold: number; precision: number; recall: number }[] }[];
  /** Equal-count bins of the predicted probability (of the class it names): mean predicted, share observed, count. */
  calibration: { positive: string; ece: number; bins: { predicted: number; observed: number; low: number; high: number; count: number }[] }[];
  /** Regression: quantiles of truth - prediction, a histogram, and at most 500 sampled points. */
  residuals: { mean: number; quantiles: { q: number; value: number }[]; histogram: { from: number; to: number; count: number }[]; sample: { predicted: number; truth: number }[] } | null;
  /** Binary: counts at 101 thresholds, for the threshold slider. */
  thresholds: { threshold: number; tp: number; fp: number; tn: number; fn: number }[];
};
