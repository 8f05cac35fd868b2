// Gradients, hessians, starts, losses and quantiles against what record.py recorded from LightGBM, scikit-learn and numpy.
// Two starts are meant to differ: Huber's is the median (LightGBM: the mean), a quantile's the least minimiser (LightGBM
// interpolates), so there ours must be at least as good.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { objectives } from '../../../src/core/learners/gbt/objectives/index.ts';
import type { LossRows } from '../../../src/core/learners/gbt/objectives/objective.ts';
import { selectQuantile } from '../../../src/core/learners/gbt/objectives/select-quantile.ts';
import { gradientsAt, outputsOf, paramsOf, rowsOf } from '../../unit/core/learners/gbt/objectives/rows.ts';

type Case = { objective: string; params: { [key: string]: number }; target: number[]; weight: number[] | null; groups: number[] | null; scores: number[]; gradients: number[]; hessians: number[]; start: number[] | null; loss: number };
type Golden = { lightgbm: string; cases: Case[]; quantiles: { residuals: number[]; weight: number[]; shares: { share: number; plain: number; whole: number; weighted: number }[] } };
const golden = JSON.parse(readFileSync(new URL('objectives.json', import.meta.url), 'utf8')) as Golden;

test('every objective is recorded, with weights and without', () => {
  for (const { type } of objectives.all) for (const isWeighted of [false, true]) expect(golden.cases.some((c) => c.objective === type && (c.weight !== null) === isWeighted)).toBe(true);
});

/** Float32 rounding of weights and of what is stored. */
const near = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value))));
};

describe.each(golden.cases.map((c) => [`${c.objective} ${JSON.stringify(c.params)}${c.weight ? ', weighted' : ''}`, c] as const))('%s', (_, { objective: type, params, target, weight, groups, scores, gradients, hessians, start, loss }) => {
  const objective = objectives.get(type);
  const rows: LossRows = rowsOf(target, weight, groups);
  const open = objective.open(rows, paramsOf(params), outputsOf(objective));

  test('gradients and hessians are those of LightGBM', () => {
    const found = gradientsAt(open, Float64Array.from(scores));
    near(found.gradients, gradients);
    near(found.hessians, hessians);
  });

  test('the mean loss is that of scikit-learn', () => near([open.mean(Float64Array.from(scores), rows)], [loss]));

  test.skipIf(start === null)('it starts where LightGBM starts, or better', () => {
    const flat = (at: ArrayLike<number>) => Float64Array.from(scores, (__, i) => at[Math.floor(i / target.length)]);
    const median = selectQuantile(Float64Array.from(target), weight && Float64Array.from(weight), 0, target.length, 0.5);
    if (type === 'huber') expect([...open.start()]).toEqual([median]);
    else if (type === 'quantile' || (type === 'absolute' && weight)) expect(open.mean(flat(open.start()), rows)).toBeLessThanOrEqual(open.mean(flat(start!), rows) + 1e-12);
    else near([...open.start()], start!);
  });
});

test.each(golden.quantiles.shares)('the quantile $share is numpy’s averaged inverted CDF', ({ share, plain, whole, weighted }) => {
  const { residuals, weight } = golden.quantiles;
  const select = (weights: number[] | null) => selectQuantile(Float64Array.from(residuals), weights && Float64Array.from(weights), 0, residuals.length, share);
  expect(select(null)).toBe(plain);
  expect(select(weight.map((w) => Math.trunc(10 * w)))).toBe(whole);
  expect(select(weight)).toBe(weighted);
});
