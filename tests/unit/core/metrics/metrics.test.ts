import { describe, expect, test } from 'vitest';
import { metrics } from '../../../../src/core/metrics/index.ts';
import { rankingMetrics } from '../../../../src/core/metrics/ranking-metrics.ts';
import { rankScores } from '../../../../src/core/metrics/rank-scores.ts';
import type { ClassTarget, Prediction, ValueTarget } from '../../../../src/core/table/matrix.ts';
import { sequence } from '../../../../src/core/base/random.ts';

const binary = (values: number[]): Prediction => ({ task: 'binary', classes: ['no', 'yes'], rows: values.length, width: 1, values: Float64Array.from(values) });
const multi = (rows: number[][]): Prediction => ({ task: 'multiclass', classes: ['a', 'b', 'c'], rows: rows.length, width: 3, values: Float64Array.from(rows.flat()) });
const values = (v: number[]): Prediction => ({ task: 'regression', classes: [], rows: v.length, width: 1, values: Float64Array.from(v) });
const classes = (codes: number[], names = ['no', 'yes']): ClassTarget => ({ kind: 'class', classes: names, codes: Int32Array.from(codes) });
const truth = (v: number[]): ValueTarget => ({ kind: 'value', values: Float64Array.from(v) });
const score = (type: string, t: ClassTarget | ValueTarget, p: Prediction, w: number[] | null = null) => metrics.get(type).score(t, p, w && Float32Array.from(w));

describe('binary, the example of the scikit-learn guide: y = 0 0 1 1, p = .1 .4 .35 .8', () => {
  const t = classes([0, 0, 1, 1]);
  const p = binary([0.1, 0.4, 0.35, 0.8]);
  test.each([
    ['roc-auc', 0.75],
    ['average-precision', 0.8333333333333333],
    ['log-loss', (-Math.log(0.9) - Math.log(0.6) - Math.log(0.35) - Math.log(0.8)) / 4],
    ['brier', (0.01 + 0.16 + 0.4225 + 0.04) / 4],
    ['accuracy', 0.75],
    ['balanced-accuracy', 0.75],
    ['f1', 2 / 3],
    ['mcc', 1 / Math.sqrt(3)],
  ])('%s', (type, expected) => expect(score(type, t, p)).toBeCloseTo(expected, 12));

  test('weights 2, 1, 1, 1 equal the first row twice', () => {
    const twice = { t: classes([0, 0, 0, 1, 1]), p: binary([0.1, 0.1, 0.4, 0.35, 0.8]) };
    for (const type of rankingMetrics('binary')) expect(score(type, t, p, [2, 1, 1, 1])).toBeCloseTo(score(type, twice.t, twice.p), 12);
  });
});

test('ties count one half in ROC AUC and form one threshold in average precision', () => {
  expect(score('roc-auc', classes([0, 1]), binary([0.5, 0.5]))).toBe(0.5);
  expect(score('roc-auc', classes([0, 1, 0, 1]), binary([0.2, 0.6, 0.6, 0.9]))).toBe(0.875);
  expect(score('average-precision', classes([0, 1, 0, 1]), binary([0.2, 0.6, 0.6, 0.9]))).toBeCloseTo(0.5 + 0.5 * (2 / 3), 12);
});

test('-0 and 0 are one score, and negative scores rank below', () => {
  const ranking = rankScores(values([0, -0, -3, 2, -1e-300]))!;
  expect([...ranking.order]).toEqual([3, 0, 1, 4, 2]);
  expect([...ranking.ends]).toEqual([1, 0, 1, 1, 1]);
});

test('the radix order of 20,000 mixed doubles is the order of the comparison sort', () => {
  const random = sequence(7, 'ranks');
  const scores = Array.from({ length: 20000 }, (_, i) => (i % 3 ? random.normal() * 1e6 : Math.round(random.normal() * 4) / 4));
  const expected = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  expect([...rankScores(values(scores))!.order]).toEqual(expected);
});

test('probability 0.5 is decided positive; a certain error costs -ln 2^-52', () => {
  expect(score('accuracy', classes([1, 0]), binary([0.5, 0.4999]))).toBe(1);
  expect(score('log-loss', classes([1]), binary([0]))).toBeCloseTo(52 * Math.LN2, 12);
});

describe('three classes', () => {
  const t = classes([0, 1, 2, 2], ['a', 'b', 'c']);
  const p = multi([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.5, 0.2, 0.3], [0.1, 0.1, 0.8]]);
  test.each([
    ['log-loss', -(Math.log(0.7) + Math.log(0.4) + Math.log(0.3) + Math.log(0.8)) / 4],
    ['brier', (0.14 + 0.54 + 0.78 + 0.06) / 4],
    ['accuracy', 0.75],
    ['balanced-accuracy', (1 + 1 + 0.5) / 3],
    ['f1', (2 / 3 + 1 + 2 / 3) / 3],
    ['mcc', (3 * 4 - (1 * 2 + 1 * 1 + 2 * 1)) / Math.sqrt((16 - 6) * (16 - 6))],
    ['roc-auc', (1 + 1 + 0.875) / 3],
  ])('%s', (type, expected) => expect(score(type, t, p)).toBeCloseTo(expected, 12));
  test('a class that does not occur is left out of macro means', () => {
    expect(score('roc-auc', classes([0, 1, 1, 0], ['a', 'b', 'c']), p)).toBeGreaterThan(0);
    expect(score('balanced-accuracy', classes([0, 1, 1, 0], ['a', 'b', 'c']), p)).toBeCloseTo(0.5, 12);
  });
});

describe('regression, the example of the scikit-learn guide: y = 3 -0.5 2 7, p = 2.5 0 2 8', () => {
  const t = truth([3, -0.5, 2, 7]);
  const p = values([2.5, 0, 2, 8]);
  test.each([
    ['rmse', Math.sqrt(0.375)],
    ['mae', 0.5],
    ['r2', 0.9486081370449679],
    ['mape', 0.3273809523809524],
  ])('%s', (type, expected) => expect(score(type, t, p)).toBeCloseTo(expected, 12));
  test('weights equal repeats', () => {
    for (const type of rankingMetrics('regression')) expect(score(type, t, p, [1, 3, 0, 1])).toBeCloseTo(score(type, truth([3, -0.5, -0.5, -0.5, 7]), values([2.5, 0, 0, 0, 8])), 12);
  });
  test('a truth of 0 has no share', () => expect(score('mape', truth([0, 2]), values([5, 1]))).toBe(0.5));
});

describe('undefined is NaN', () => {
  test.each(['roc-auc', 'mcc'])('%s of one class', (type) => expect(score(type, classes([1, 1]), binary([0.2, 0.9]))).toBeNaN());
  test('average precision and F1 without positives', () => {
    expect(score('average-precision', classes([0, 0]), binary([0.2, 0.4]))).toBeNaN();
    expect(score('f1', classes([0, 0]), binary([0.2, 0.4]))).toBeNaN();
  });
  test('R² of a constant truth', () => expect(score('r2', truth([0.1, 0.1, 0.1]), values([1, 2, 3]))).toBeNaN());
  test('a constant decision has MCC 0', () => expect(score('mcc', classes([0, 1]), binary([0.1, 0.2]))).toBe(0));
  test('every metric, without rows', () => {
    for (const metric of metrics.all) expect(metric.tasks.includes('regression') ? metric.score(truth([]), values([]), null) : metric.score(classes([]), binary([]), null)).toBeNaN();
  });
  test('a NaN prediction makes no metric a number', () => {
    for (const type of rankingMetrics('binary')) expect(score(type, classes([0, 1]), binary([0.3, NaN]))).toBeNaN();
    for (const type of rankingMetrics('regression')) expect(score(type, truth([1, 2]), values([1, NaN]))).toBeNaN();
  });
});

test('each task ranks by its own metric first, without repeats', () => {
  expect(rankingMetrics('binary')[0]).toBe('roc-auc');
  expect(rankingMetrics('multiclass')[0]).toBe('log-loss');
  expect(rankingMetrics('regression')).toEqual(['rmse', 'mae', 'r2', 'mape']);
  expect(new Set(rankingMetrics('binary')).size).toBe(rankingMetrics('binary').length);
});
