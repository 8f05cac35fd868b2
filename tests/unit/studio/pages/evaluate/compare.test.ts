import { expect, it } from 'vitest';
import { compareRuns, evaluateFinding, tooGood, verdictOf } from '../../../../../src/studio/pages/evaluate/compare.ts';
import type { Evaluation } from '../../../../../src/core/evaluate/evaluation.ts';

const interval = (value: number, half: number) => ({ value, low: value - half, high: value + half });
const about = [{ type: 'roc-auc', label: 'ROC AUC', help: '', better: 'higher' as const }, { type: 'rmse', label: 'RMSE', help: '', better: 'lower' as const }];
const evaluation = (metrics: Evaluation['metrics']): Evaluation => ({ rows: 10, metrics, resamples: 200, confusion: null, roc: [], pr: [], calibration: [], residuals: null, thresholds: [] });

it('says clearly only when the intervals do not meet, whichever way is better', () => {
  expect(verdictOf(interval(0.9, 0.02), interval(0.5, 0), 'higher')).toBe('clearly better');
  expect(verdictOf(interval(0.52, 0.05), interval(0.5, 0), 'higher')).toBe('not clearly different');
  expect(verdictOf(interval(3, 0.1), interval(5, 0.1), 'lower')).toBe('clearly better');
  expect(verdictOf(interval(6, 0.1), interval(5, 0.1), 'lower')).toBe('clearly worse');
});
it('compares metric by metric and leaves out what the baseline lacks', () => {
  const rows = compareRuns(evaluation({ 'roc-auc': interval(0.9, 0.02), other: interval(1, 0) }), evaluation({ 'roc-auc': interval(0.5, 0) }), about);
  expect(rows.map((row) => [row.label, row.verdict])).toEqual([['ROC AUC', 'clearly better'], ['other', null]]);
});
it('states the finding, also for the baseline itself and without one', () => {
  const [row] = compareRuns(evaluation({ 'roc-auc': interval(0.9, 0.02) }), evaluation({ 'roc-auc': interval(0.5, 0) }), about);
  expect(evaluateFinding('Trees', row, false)).toBe('Trees: clearly better than the baseline, ROC AUC 0.9000 against 0.5000');
  expect(evaluateFinding('Prior', row, true)).toContain('what every model has to beat');
  expect(evaluateFinding('Trees', compareRuns(evaluation({ rmse: interval(2, 0) }), null, about)[0], false)).toContain('no baseline');
  expect(evaluateFinding('Trees', undefined, false)).toContain('could not be scored');
});
it('doubts a score that is almost perfect', () => {
  const doubt = (type: string, value: number) => tooGood(compareRuns(evaluation({ [type]: interval(value, 0) }), null, about));
  expect(doubt('accuracy', 1)).toContain('accuracy is almost perfect');
  expect([doubt('accuracy', 0.99), doubt('rmse', 5), doubt('r2', NaN)]).toEqual([null, null, null]);
  expect(tooGood(compareRuns(evaluation({ accuracy: interval(0.9995, 0) }), evaluation({ accuracy: interval(0.998, 0) }), about))).toBeNull();
});
