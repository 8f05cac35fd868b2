// Truth and predictions of held-out rows -> an Evaluation: every metric with its interval, and every curve.
// Deterministic for a seed: nothing depends on the clock, and a stop only ends the bootstrap early.
// Curves are thinned to 200 points; classes beyond the 30 most frequent get no curve, beyond 100 no confusion table.
import { BarnacleError } from '../base/errors.ts';
import type { WorkContext } from '../base/task.ts';
import { metrics } from '../metrics/index.ts';
import type { Prediction, Target } from '../table/matrix.ts';
import { bootstrap } from './bootstrap.ts';
import { calibrationCurve } from './calibration.ts';
import { countConfusion, countThresholds } from './confusion.ts';
import type { Evaluation } from './evaluation.ts';
import { describeResiduals } from './residuals.ts';
import { prCurve, rocCurve } from './threshold-curves.ts';

export interface EvaluateOptions {
  /** Metric types; those of other tasks are refused. */
  readonly metrics: readonly string[];
  /** The query or group of each row, for rankings; intervals then draw whole groups. Absent = none. */
  readonly groups?: Int32Array | null;
  readonly seed: number;
  /** Bootstrap resamples asked for; large tests get fewer, within the declared budget (see bootstrap.ts). 0 = no intervals: low = value = high. */
  readonly resamples: number;
}

const curveClasses = 30;
const confusionClasses = 100;

/** Metrics that are undefined on these rows are left out of the record. Throws no-rows and unknown-type. */
export async function evaluate(prediction: Prediction, target: Target, weight: Float32Array | null, options: EvaluateOptions, context: WorkContext): Promise<Evaluation> {
  if (prediction.rows === 0) throw new BarnacleError('no-rows', 'the test part has no rows; give it a larger share', { what: 'test' });
  const chosen = options.metrics.map((type) => metrics.get(type)).filter((metric) => metric.tasks.includes(prediction.task));
  const { intervals, resamples } = await bootstrap(chosen, prediction, target, weight, options, context);
  const blank: Evaluation = { rows: prediction.rows, metrics: intervals, resamples, confusion: null, roc: [], pr: [], calibration: [], residuals: null, thresholds: [] };
  if (target.kind === 'value') return { ...blank, residuals: describeResiduals(prediction, target, options.seed) };

  const evaluation = { ...blank };
  if (target.classes.length <= confusionClasses) evaluation.confusion = countConfusion(prediction, target);
  for (const code of prediction.width === 1 ? [1] : frequentClasses(target.codes, target.classes.length)) {
    const roc = rocCurve(prediction, target, code);
    const pr = prCurve(prediction, target, code);
    const calibration = calibrationCurve(prediction, target, code);
    if (roc) evaluation.roc.push(roc);
    if (pr) evaluation.pr.push(pr);
    if (calibration) evaluation.calibration.push(calibration);
    await context.breathe();
  }
  if (prediction.width === 1) evaluation.thresholds = countThresholds(prediction, target);
  return evaluation;
}

function frequentClasses(codes: Int32Array, classes: number): number[] {
  const counts = new Float64Array(classes);
  for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
  return [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b).slice(0, curveClasses).sort((a, b) => a - b);
}
