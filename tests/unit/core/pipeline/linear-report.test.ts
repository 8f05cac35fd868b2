// The coefficients of a linear run under the names and units of its raw columns; the path with its chosen place.
import { expect, test } from 'vitest';
import { defaults } from '../../../../src/core/base/params.ts';
import { linear } from '../../../../src/core/learners/linear/linear.ts';
import { checkModel } from '../../../../src/core/models/check-model.ts';
import { linear as kind } from '../../../../src/core/models/linear.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { linearReport } from '../../../../src/core/pipeline/linear-report.ts';
import type { FittedRecipe } from '../../../../src/core/recipe/spec.ts';
import { contextOf, toy } from '../learners/toy.ts';

const data = toy('regression', 200, 4);
const recipe = {
  version: 1, input: data.features.map(({ name }) => ({ name, kind: 'number' })), output: data.features, classes: [],
  spec: { version: 1, task: 'regression', target: 'price', above: null, positive: null, drop: [], steps: [{ id: 's', type: 'standardise', columns: [], params: {} }] },
  states: [{ mean: [0, 0, 0, 0], sd: [2, 1, 1, 10] }],
} as unknown as FittedRecipe;
const fit = (params: object) => linear.fit(data, { ...defaults(linear.params), ...params }, contextOf(1));

test('weights without a penalty come with errors, p-values and the raw unit', async () => {
  const report = linearReport({ recipe, model: await fit({ penalty: 'none' }) })!;
  const [intercept, first, , third] = report.lines;
  expect([intercept.feature, report.scale, report.why, report.degrees]).toEqual(['intercept', 'price', null, 195]);
  expect(first.original).toBeCloseTo(first.weight / 2, 12);
  expect(first.weight).toBeGreaterThan(19);
  expect(first.p).toBeLessThan(1e-10);
  expect(third.low! < 0 && third.high! > 0).toBe(third.p! > 0.05);
});

test('a chosen elastic net says why there are no errors and shows its path', async () => {
  const model = await fit({ penalty: 'elastic', strength: 'simplest', strengths: 20 });
  checkModel(model);
  const { path, why, lines } = linearReport({ recipe, model })!;
  expect(why).toContain('L1');
  expect(lines.every((line) => line.error === null)).toBe(true);
  expect([path!.strengths.length, path!.used[0], path!.chosen]).toEqual([20, 0, path!.simplest]);
  expect(path!.simplest).toBeLessThanOrEqual(path!.best);
  expect(path!.curves[0].weights[path!.chosen]).toBeCloseTo(lines[1].perDeviation!, 9);
});

test('what an export leaves out changes no prediction', async () => {
  const model = await fit({ penalty: 'lasso', strength: 'best', strengths: 10 });
  const bare = kind.trim!(model);
  expect(Object.keys(bare.arrays).sort()).toEqual(['bias', 'center', 'fill', 'scale', 'weights']);
  expect(predictModel(bare, data).values).toEqual(predictModel(model, data).values);
});
