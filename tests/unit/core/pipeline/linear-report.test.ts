// The coefficients of a linear run under the names and units of its raw columns; the path with its chosen place.
import { expect, test } from 'vitest';
import { defaults } from '../../../../src/core/base/params.ts';
import { linear } from '../../../../src/core/learners/linear/linear.ts';
import { checkModel } from '../../../../src/core/models/check-model.ts';
import { linear as kind } from '../../../../src/core/models/linear.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { linearReport } from '../../../../src/core/pipeline/linear-report.ts';
import { applyRecipe } from '../../../../src/core/recipe/apply-recipe.ts';
import { fitRecipe } from '../../../../src/core/recipe/fit-recipe.ts';
import type { FittedRecipe, RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import { makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import type { Matrix, ValueTarget } from '../../../../src/core/table/matrix.ts';
import { contextOf, toy } from '../learners/toy.ts';

const data = toy('regression', 200, 4);
const table = makeTable([...data.data.map((values, j) => numbersOf(`x${j}`, Array.from(values, (v) => v * [2, 1, 1, 10][j]))), numbersOf('price', [...(data.target as ValueTarget).values])]);
const spec = (...steps: string[]): RecipeSpec => ({ version: 1, task: 'regression', target: 'price', above: null, positive: null, drop: [], steps: steps.map((type) => ({ id: type, type, columns: [], params: {} })) });
const recipe = fitRecipe(spec('impute', 'standardise'), table, { seed: 1 });
const matrixOf = (fitted: FittedRecipe): Matrix => ({ ...applyRecipe(fitted, table, { seed: 1, training: false, withTarget: true }) });
const fit = (params: object) => linear.fit(data, { ...defaults(linear.params), ...params }, contextOf(1));

test('weights without a penalty come with errors, p-values and the raw unit', async () => {
  const report = linearReport({ recipe, model: await linear.fit(matrixOf(recipe), { ...defaults(linear.params), penalty: 'none' }, contextOf(1)) })!;
  const raw = fitRecipe(spec(), table, { seed: 1 });
  const plain = linearReport({ recipe: raw, model: await linear.fit(matrixOf(raw), { ...defaults(linear.params), penalty: 'none' }, contextOf(1)) })!;
  const [intercept, first, , third] = report.lines;
  expect([intercept.feature, report.scale, report.why, report.degrees]).toEqual(['intercept', 'price', null, 195]);
  report.lines.slice(1).forEach((line, j) => expect(line.original).toBeCloseTo(plain.lines[j + 1].weight, 5));
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
