import { expect, test } from 'vitest';
import { refuseNominal } from '../../../../../src/core/learners/refuse-nominal.ts';
import { applyRecipe } from '../../../../../src/core/recipe/apply-recipe.ts';
import { fitMatrix } from '../../../../../src/core/recipe/fit-recipe.ts';
import { parseFittedRecipe } from '../../../../../src/core/recipe/parse-recipe.ts';
import type { RecipeSpec } from '../../../../../src/core/recipe/spec.ts';
import { codes } from '../../../../../src/core/recipe/steps/codes.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../../src/core/table/build.ts';

const table = makeTable([categoriesOf('city', ['rome', 'oslo', null, 'bern', 'rome']), numbersOf('size', [1, 2, 3, 4, 5]), numbersOf('y', [1, 2, 3, 4, 5])]);
const step = (type: string, params = {}) => ({ id: type, type, columns: [], params });
const spec: RecipeSpec = { version: 1, task: 'regression', target: 'y', above: null, positive: null, drop: [], steps: [step('codes'), step('impute'), step('standardise')] };

test('one nominal feature with the codes of sorted levels, past the steps for numbers', () => {
  const { fitted, matrix } = fitMatrix(spec, table, { seed: 1 });
  expect(matrix.features).toEqual([{ name: 'city', source: 'city', levels: 3 }, { name: 'size', source: 'size' }]);
  expect([...matrix.data[0]]).toEqual([2, 1, NaN, 0, 2]);
  const rows = makeTable([categoriesOf('city', ['never', 'bern', null]), numbersOf('size', [1, 1, 1])]);
  expect([...applyRecipe(fitted, rows, { training: false, seed: 1, withTarget: false }).data[0]]).toEqual([NaN, 0, NaN]);
  expect(parseFittedRecipe(JSON.parse(JSON.stringify(fitted))).output).toEqual(fitted.output);
});

test('rarer levels than the most that are told apart are missing', () => {
  const state = codes.fit(table, ['city'], { maxLevels: 2 }, { seed: 1, target: null, training: true, sources: new Map() });
  expect(state.levels).toEqual([['bern', 'rome']]);
});

test.each([0, 1.5, -1, '3', 2 ** 25])('%j levels in a file are refused', (levels) => {
  const { fitted } = fitMatrix(spec, table, { seed: 1 });
  const output = [{ ...fitted.output[0], levels }, fitted.output[1]];
  expect(() => parseFittedRecipe(JSON.parse(JSON.stringify({ ...fitted, output })))).toThrowError(expect.objectContaining({ code: 'bad-param' }));
});

test('a learner that takes no categories says so before it fits, with the way out', () => {
  const { matrix } = fitMatrix(spec, table, { seed: 1 });
  expect(() => refuseNominal({ type: 'linear', label: 'Linear' }, matrix)).toThrowError(expect.objectContaining({ code: 'nominal-feature', details: { column: 'city', learner: 'Linear' } }));
  refuseNominal({ type: 'trees', label: 'Trees', nominal: true }, matrix);
  refuseNominal({ type: 'linear', label: 'Linear' }, { features: matrix.features.slice(1) });
});
