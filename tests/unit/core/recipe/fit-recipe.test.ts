import { expect, test } from 'vitest';
import { applyRecipe } from '../../../../src/core/recipe/apply-recipe.ts';
import { fitMatrix, fitRecipe } from '../../../../src/core/recipe/fit-recipe.ts';
import type { RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import { categoriesOf, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { takeRows } from '../../../../src/core/table/take.ts';

const day = (text: string) => Date.parse(`${text}T00:00Z`);
const table = makeTable([
  numbersOf('age', [20, null, 40, 60, 30, 50]),
  categoriesOf('sex', ['male', 'female', 'male', null, 'female', 'male']),
  makeTime('born', Float64Array.from(['2000-01-01', '2000-02-29', '2001-12-31', '1999-03-01', '2004-02-28', '1970-01-01'].map(day)), 'day'),
  categoriesOf('late', ['yes', 'no', 'yes', 'no', 'yes', 'no']),
  textsOf('name', ['a', 'b', 'c', 'd', 'e', 'f']),
]);
const step = (type: string, columns: string[] = [], params = {}) => ({ id: type, type, columns, params });
const spec = (steps: RecipeSpec['steps'], drop = ['name']): RecipeSpec => ({ version: 1, task: 'binary', target: 'late', above: null, positive: null, drop, steps });
const full = spec([step('date-parts'), step('impute', ['age']), step('one-hot', ['sex']), step('standardise', ['age'])]);
const rounded = (a: Float32Array) => [...a].map((v) => Number(v.toFixed(4)));

test('features have stable names, sources and known values', () => {
  const { fitted, matrix } = fitMatrix(full, table, { seed: 1 });
  expect(matrix.features.map((f) => f.name)).toEqual(['age', 'born year', 'born month', 'born day', 'born weekday', 'born day of year', 'age is missing', 'sex=female', 'sex=male', 'sex is missing']);
  expect(matrix.features.map((f) => f.source)).toEqual(['age', 'born', 'born', 'born', 'born', 'born', 'age', 'sex', 'sex', 'sex']);
  expect([...matrix.data[1]]).toEqual([2000, 2000, 2001, 1999, 2004, 1970]);
  expect([...matrix.data[3]]).toEqual([1, 29, 31, 1, 28, 1]);
  expect([...matrix.data[4]]).toEqual([5, 1, 0, 0, 5, 3]);
  expect([...matrix.data[5]]).toEqual([1, 60, 365, 60, 59, 1]);
  expect(rounded(matrix.data[0])).toEqual([-1.5492, 0, 0, 1.5492, -0.7746, 0.7746]);
  expect([...matrix.data[9]]).toEqual([0, 0, 0, 1, 0, 0]);
  expect(fitted.classes).toEqual(['no', 'yes']);
  expect(matrix.target).toMatchObject({ codes: Int32Array.of(1, 0, 1, 0, 1, 0) });
});
test('fitMatrix gives what applyRecipe gives for the training rows, target encoding included', () => {
  const { fitted, matrix } = fitMatrix(spec([step('date-parts'), step('target-encode'), step('impute')]), table, { seed: 3 });
  expect(applyRecipe(fitted, table, { training: true, seed: 3, withTarget: true })).toEqual(matrix);
  expect(applyRecipe(fitted, table, { training: false, seed: 3, withTarget: false }).data[6]).not.toEqual(matrix.data[6]);
});
test('column order, extra columns and the absence of the target do not matter at prediction', () => {
  const { fitted, matrix } = fitMatrix(full, table, { seed: 1 });
  const turned = makeTable([numbersOf('extra', [1, 2, 3, 4, 5, 6]), ...[...table.columns].reverse().filter((c) => c.name !== 'late')]);
  const out = applyRecipe(fitted, turned, { training: false, seed: 9, withTarget: false });
  expect(out.data).toEqual(matrix.data);
  expect(out.target).toBeNull();
});
test('a column of another kind is read as in training, what cannot be read is missing', () => {
  const { fitted } = fitMatrix(full, table, { seed: 1 });
  const odd = makeTable([textsOf('age', ['20', 'x']), numbersOf('sex', [1, 2]), categoriesOf('born', ['2000-01-01', '29/02/2000'])]);
  const out = applyRecipe(fitted, odd, { training: false, seed: 1, withTarget: false });
  expect(rounded(out.data[0])).toEqual([-1.5492, 0]);
  expect([...out.data[1]]).toEqual([2000, NaN]);
  expect([...out.data[7], ...out.data[8]]).toEqual([0, 0, 0, 0]);
});
test('a missing column, a leftover category, a wrong kind and no feature are typed errors', () => {
  const { fitted } = fitMatrix(full, table, { seed: 1 });
  expect(() => applyRecipe(fitted, makeTable([table.columns[0]]), { training: false, seed: 1, withTarget: false })).toThrow(expect.objectContaining({ code: 'missing-column' }));
  expect(() => applyRecipe(fitted, makeTable([table.columns[0], table.columns[1], numbersOf('born', [1, 2, 3, 4, 5, 6])]), { training: false, seed: 1, withTarget: false })).toThrow(expect.objectContaining({ code: 'contract-refused' }));
  expect(() => fitRecipe(spec([step('date-parts')]), table, { seed: 1 })).toThrow(expect.objectContaining({ code: 'not-numeric', details: { column: 'sex', kind: 'category' } }));
  expect(() => fitRecipe(spec([step('one-hot', ['age'])]), table, { seed: 1 })).toThrow(expect.objectContaining({ code: 'bad-param' }));
  expect(() => fitRecipe(spec([], ['name', 'age', 'sex', 'born']), table, { seed: 1 })).toThrow(expect.objectContaining({ code: 'no-features' }));
  expect(() => fitRecipe(full, takeRows(table, new Int32Array(0)), { seed: 1 })).toThrow(expect.objectContaining({ code: 'no-rows' }));
});
test('a disabled step is skipped and a dropped column may stay on a list', () => {
  const fitted = fitRecipe(spec([step('one-hot', ['sex', 'name']), { ...step('standardise'), disabled: true }], ['name', 'born']), table, { seed: 1 });
  expect(fitted.states[1]).toBeNull();
  expect(fitted.output.map((f) => f.name)).toEqual(['age', 'sex=female', 'sex=male', 'sex is missing']);
});
test('infinite and overflowing numbers never reach the matrix', () => {
  const wild = makeTable([numbersOf('x', [1e300, -1e300, Infinity, 1]), numbersOf('y', [1, 2, 3, 4])]);
  const { matrix } = fitMatrix({ ...spec([], []), task: 'regression', target: 'y' }, wild, { seed: 1 });
  expect([...matrix.data[0]]).toEqual([3.4028234663852886e38, -3.4028234663852886e38, NaN, 1]);
});
