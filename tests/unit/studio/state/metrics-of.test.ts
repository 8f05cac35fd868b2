import { expect, test } from 'vitest';
import type { ColumnProfile } from '../../../../src/core/profile/profile.ts';
import { metricsOf } from '../../../../src/studio/state/metrics-of.ts';

const target = (min: number, max: number, integers = true) => ({ number: { min, max, integers } }) as unknown as ColumnProfile;

test('NDCG leads for grades in queries, and for nothing else', () => {
  const ranking = ['rmse', 'mae'];
  expect(metricsOf({ task: 'regression', group: 'q' }, target(0, 4), ranking)).toEqual(['ndcg-10', 'rmse', 'mae']);
  expect(metricsOf({ task: 'regression' }, target(0, 4), ranking)).toBe(ranking);
  for (const other of [target(0, 4, false), target(-1, 4), target(0, 31), undefined]) expect(metricsOf({ task: 'regression', group: 'q' }, other, ranking)).toBe(ranking);
});
