// An Evaluation -> what the charts draw, and the finding that titles each chart.
import type { CalibrationData } from '../../../charts/calibration.ts';
import type { ConfusionData } from '../../../charts/confusion.ts';
import type { IntervalsData } from '../../../charts/intervals.ts';
import type { PrData } from '../../../charts/pr.ts';
import type { RocData } from '../../../charts/roc.ts';
import { f1Of, nearest, precisionOf, recallOf, type ThresholdCounts } from '../../../charts/thresholds.ts';
import { count, figure, percent, score } from '../../../charts/format.ts';
import type { Evaluation } from '../../../core/evaluate/evaluation.ts';
import type { Run } from '../../../core/pipeline/run-spec.ts';

export type ClassNames = readonly string[];
/** Classes in sorted order, which sets their colours; binary without a confusion table has only its curves to name them. */
export const classesOf = (evaluation: Evaluation): ClassNames => evaluation.confusion?.classes ?? evaluation.roc.map((curve) => curve.positive);
const place = (classes: ClassNames, name: string): number => Math.max(0, classes.indexOf(name));

export function rocOf(evaluation: Evaluation, at: ThresholdCounts | null): RocData {
  const classes = classesOf(evaluation);
  const isUsable = at !== null && at.tp + at.fn > 0 && at.fp + at.tn > 0;
  return { curves: evaluation.roc.map((curve) => ({ ...curve, index: place(classes, curve.positive) })), operating: isUsable ? { fpr: at.fp / (at.fp + at.tn), tpr: at.tp / (at.tp + at.fn) } : null };
}
export function prOf(evaluation: Evaluation, at: ThresholdCounts | null): PrData {
  const classes = classesOf(evaluation);
  const precision = at ? precisionOf(at) : null;
  const recall = at ? recallOf(at) : null;
  return { curves: evaluation.pr.map((curve) => ({ ...curve, index: place(classes, curve.positive) })), operating: precision !== null && recall !== null ? { precision, recall } : null };
}
export const calibrationOf = (evaluation: Evaluation): CalibrationData => ({ curves: evaluation.calibration.map((curve) => ({ ...curve, index: place(classesOf(evaluation), curve.positive) })) });

/** The confusion matrix at a threshold (binary), or as it was counted. */
export function confusionAt(evaluation: Evaluation, at: ThresholdCounts | null): ConfusionData {
  const base = evaluation.confusion ?? { classes: [], counts: [] };
  return at === null || base.classes.length !== 2 ? base : { classes: base.classes, counts: [[at.tn, at.fp], [at.fn, at.tp]] };
}
export const countsAt = (evaluation: Evaluation, threshold: number): ThresholdCounts | null => nearest(evaluation.thresholds, threshold);
/** The threshold with the highest F1 on the test rows; the lower one of equals. */
export function bestF1(evaluation: Evaluation): number {
  const best = evaluation.thresholds.reduce<ThresholdCounts | null>((top, one) => (top === null || (f1Of(one) ?? -1) > (f1Of(top) ?? -1) ? one : top), null);
  return best?.threshold ?? 0.5;
}

export function intervalsOf(runs: readonly Run[], metric: { type: string; label: string; better: 'higher' | 'lower' }, chosen: Run, labelOf: (run: Run) => string): IntervalsData {
  return {
    metric: metric.label, better: metric.better,
    rows: runs.flatMap((run) => { const own = run.evaluation?.metrics[metric.type]; return own ? [{ name: labelOf(run), ...own, isBase: run.spec.learner.type === 'baseline', isChosen: run.id === chosen.id }] : []; }),
  };
}

/** Who leads, and who cannot be told from it: the title of the models' intervals. */
export function boardFinding(data: IntervalsData): string {
  const sign = data.better === 'higher' ? -1 : 1;
  const sorted = data.rows.filter((row) => !row.isBase).toSorted((a, b) => sign * (a.value - b.value));
  const best = sorted[0];
  if (!best) return `Only the baseline is trained, by ${data.metric}`;
  const tied = sorted.slice(1).filter((row) => row.low <= best.high && best.low <= row.high).length;
  return tied === 0 ? `${best.name} leads by ${data.metric}` : `${best.name} leads by ${data.metric}; ${count(tied)} ${tied === 1 ? 'other overlaps' : 'others overlap'}`;
}

export function confusionFinding(data: ConfusionData): string {
  let worst = { t: -1, p: -1, value: 0 };
  data.counts.forEach((row, t) => row.forEach((value, p) => { if (t !== p && value > worst.value) worst = { t, p, value }; }));
  if (worst.value === 0) return data.counts.length > 0 ? 'Every test row is right' : 'No confusion matrix: too many classes';
  const total = (data.counts[worst.t] ?? []).reduce((sum, value) => sum + value, 0);
  return `Most frequent error: ${data.classes[worst.t] ?? ''} taken for ${data.classes[worst.p] ?? ''}, ${count(worst.value)} of ${count(total)}`;
}
export function rocFinding(evaluation: Evaluation): string {
  const sorted = evaluation.roc.toSorted((a, b) => a.auc - b.auc);
  const worst = sorted[0];
  if (!worst) return 'No ROC curve: the test rows hold one class only';
  if (worst.auc >= 0.99995) return sorted.length === 1 ? 'The classes are told apart without an error in rank' : 'Every class is told apart without an error in rank';
  return sorted.length === 1 ? `A ${worst.positive} row outranks another one in ${percent(worst.auc)} of pairs` : `Hardest to tell apart: ${worst.positive} (AUC ${score(worst.auc)})`;
}
export function prFinding(evaluation: Evaluation): string {
  const worst = evaluation.pr.toSorted((a, b) => a.ap - b.ap)[0];
  if (!worst) return 'No precision-recall curve: the test rows hold one class only';
  return evaluation.pr.length === 1 ? `Precision averages ${percent(worst.ap)}, where guessing gives ${percent(worst.base)}` : `Lowest average precision: ${worst.positive} (${score(worst.ap)})`;
}
export function calibrationFinding(evaluation: Evaluation): string {
  const worst = evaluation.calibration.toSorted((a, b) => b.ece - a.ece)[0];
  if (!worst) return 'No calibration curve for these rows';
  const points = `${figure(Math.round(worst.ece * 1000) / 10)} points`;
  return evaluation.calibration.length === 1 ? `Predicted probabilities are off by ${points} on average` : `Probabilities are off by ${points} at most, for ${worst.positive}`;
}
export function residualFinding(residuals: NonNullable<Evaluation['residuals']>): string {
  const at = (q: number): number | undefined => residuals.quantiles.find((one) => Math.abs(one.q - q) < 1e-9)?.value;
  const [low, high] = [at(0.05), at(0.95)];
  return low === undefined || high === undefined ? `Errors average ${figure(residuals.mean)}` : `Nine in ten truths lie within ${signed(low)} and ${signed(high)} of the prediction`;
}
const signed = (value: number): string => (value > 0 ? `+${figure(value)}` : figure(value));

/** The chosen threshold in plain words. */
export function thresholdWords(at: ThresholdCounts, positive: string): string {
  const called = at.tp + at.fp;
  const actual = at.tp + at.fn;
  return `Of ${count(called + at.tn + at.fn)} test rows, ${count(called)} are called ${positive} and ${count(at.tp)} of them are; ${count(at.fn)} of the ${count(actual)} that are ${positive} are missed.`;
}
