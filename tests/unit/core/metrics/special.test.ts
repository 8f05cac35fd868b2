// Figures by scikit-learn 1.9.1: mean_poisson_deviance, mean_gamma_deviance, mean_tweedie_deviance(power=1.5),
// mean_pinball_loss, root_mean_squared_log_error on y = 2 0.5 1 4, p = 0.5 0.5 2 2.
import { expect, test } from 'vitest';
import { metrics } from '../../../../src/core/metrics/index.ts';
import { rankingMetrics } from '../../../../src/core/metrics/ranking-metrics.ts';

function score(type: string, truth: number[], predicted: number[], weight: number[] | null = null): number {
  const prediction = { task: 'regression' as const, classes: [], rows: predicted.length, width: 1, values: Float64Array.from(predicted) };
  return metrics.get(type).score({ kind: 'value', values: Float64Array.from(truth) }, prediction, weight && Float32Array.from(weight));
}
test.each([
  ['poisson-deviance', 1.1760151319598084],
  ['gamma-deviance', 1.0568528194400546],
  ['tweedie-deviance', 1.0710678118654755],
  ['pinball-5', 0.28125],
  ['pinball-10', 0.3125],
  ['pinball-25', 0.40625],
  ['pinball-50', 0.5625],
  ['pinball-75', 0.71875],
  ['pinball-90', 0.8125],
  ['pinball-95', 0.84375],
  ['rmsle', 0.4758670470066404],
])('%s is scikit-learn\'s', (type, expected) => expect(score(type, [2, 0.5, 1, 4], [0.5, 0.5, 2, 2])).toBeCloseTo(expected, 12));

test('truths outside the domain make them undefined; predictions of 0 and less are clipped, not refused', () => {
  for (const type of ['poisson-deviance', 'tweedie-deviance', 'gamma-deviance', 'rmsle']) expect(score(type, [-1, 2], [1, 2])).toBeNaN();
  expect(score('gamma-deviance', [0, 2], [1, 2])).toBeNaN();
  expect(score('poisson-deviance', [0, 2], [1, 2])).toBe(1);
  expect(score('poisson-deviance', [0, 0], [0, -1])).toBeCloseTo(0, 10);
  expect(score('rmsle', [0, 0], [0, -5])).toBe(0);
});

test('weight 2 is the row twice', () => {
  for (const type of ['poisson-deviance', 'gamma-deviance', 'tweedie-deviance', 'pinball-90', 'rmsle']) expect(score(type, [1, 3], [2, 2], [2, 1])).toBeCloseTo(score(type, [1, 1, 3], [2, 2, 2]), 12);
});

test('no run is scored with them unless they are asked for', () => {
  for (const task of ['binary', 'multiclass', 'regression'] as const) for (const type of rankingMetrics(task)) expect(metrics.get(type).special ?? false).toBe(false);
  expect(metrics.all.filter((metric) => metric.special).length).toBeGreaterThan(10);
});
