import { expect, it } from 'vitest';
import type { Evaluation } from '../../../../../src/core/evaluate/evaluation.ts';
import { bestF1, boardFinding, classesOf, confusionAt, confusionFinding, countsAt, prOf, residualFinding, rocOf, thresholdWords } from '../../../../../src/studio/pages/evaluate/chart-data.ts';

const thresholds = [{ threshold: 0, tp: 4, fp: 6, tn: 0, fn: 0 }, { threshold: 0.5, tp: 3, fp: 1, tn: 5, fn: 1 }, { threshold: 1, tp: 0, fp: 0, tn: 6, fn: 4 }];
const binary: Evaluation = {
  rows: 10, metrics: {}, resamples: 0, confusion: { classes: ['no', 'yes'], counts: [[5, 1], [1, 3]] }, thresholds, residuals: null, calibration: [],
  roc: [{ positive: 'yes', auc: 0.8, points: [] }], pr: [{ positive: 'yes', ap: 0.7, base: 0.4, points: [] }],
};

it('colours a class by its place among the sorted classes', () => {
  expect(classesOf(binary)).toEqual(['no', 'yes']);
  expect(rocOf(binary, null).curves[0]?.index).toBe(1);
});
it('moves matrix and rings with the threshold', () => {
  const at = countsAt(binary, 0.9);
  expect(at?.threshold).toBe(1);
  expect(confusionAt(binary, at).counts).toEqual([[6, 0], [4, 0]]);
  expect(rocOf(binary, at).operating).toEqual({ fpr: 0, tpr: 0 });
  expect(prOf(binary, at).operating).toBeNull();
  expect(prOf(binary, countsAt(binary, 0.5)).operating).toEqual({ precision: 0.75, recall: 0.75 });
});
it('finds the threshold of the best F1, and says what one means in rows', () => {
  expect(bestF1(binary)).toBe(0.5);
  expect(thresholdWords(thresholds[1]!, 'yes')).toBe('Of 10 test rows, 4 are called yes and 3 of them are; 1 of the 4 that are yes are missed.');
});
it('names the most frequent error', () => {
  expect(confusionFinding({ classes: ['a', 'b'], counts: [[5, 2], [1, 3]] })).toBe('Most frequent error: a taken for b, 2 of 7');
  expect(confusionFinding({ classes: ['a', 'b'], counts: [[5, 0], [0, 3]] })).toBe('Every test row is right');
});
it('reads the spread of errors', () => {
  expect(residualFinding({ mean: 1, quantiles: [{ q: 0.05, value: -3 }, { q: 0.95, value: 4 }], histogram: [], sample: [] })).toBe('Nine in ten truths lie within \u22123 and +4 of the prediction');
});
it('says who leads and how many intervals meet it, baselines apart', () => {
  const row = (name: string, value: number, isBase = false) => ({ name, value, low: value - 0.02, high: value + 0.02, isBase, isChosen: false });
  expect(boardFinding({ metric: 'ROC AUC', better: 'higher', rows: [row('a', 0.9), row('b', 0.88), row('c', 0.7), row('base', 0.9, true)] })).toBe('a leads by ROC AUC; 1 other overlaps');
  expect(boardFinding({ metric: 'RMSE', better: 'lower', rows: [row('a', 3), row('b', 2)] })).toBe('b leads by RMSE');
  expect(boardFinding({ metric: 'RMSE', better: 'lower', rows: [row('base', 2, true)] })).toContain('Only the baseline');
});
