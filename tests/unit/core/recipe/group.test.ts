// The group column of a recipe: in the Matrix as numbers, never a feature, not asked for at prediction.
import { expect, test } from 'vitest';
import { hashJson } from '../../../../src/core/base/hash.ts';
import { applyRecipe } from '../../../../src/core/recipe/apply-recipe.ts';
import { fitMatrix } from '../../../../src/core/recipe/fit-recipe.ts';
import { parseRecipe } from '../../../../src/core/recipe/parse-recipe.ts';
import type { RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { dropColumns, selectColumns } from '../../../../src/core/table/take.ts';

const table = makeTable([numbersOf('x', [1, 2, 3, 4, 5]), categoriesOf('query', ['b', 'a', null, 'b', null]), numbersOf('grade', [0, 1, 2, 0, 1])]);
const spec: RecipeSpec = { version: 1, task: 'regression', target: 'grade', above: null, positive: null, drop: [], steps: [], group: 'query' };

test('its values become group numbers, missing ones one group; it is neither a feature nor an input', () => {
  const { fitted, matrix } = fitMatrix(spec, table, { seed: 1 });
  expect([...matrix.groups!]).toEqual([0, 1, 2, 0, 2]);
  expect(matrix.features.map((feature) => feature.name)).toEqual(['x']);
  expect(fitted.input).toEqual([{ name: 'x', kind: 'number' }]);
});

test('scored rows have their groups when the column is there; prediction does without it', () => {
  const { fitted } = fitMatrix(spec, table, { seed: 1 });
  expect([...applyRecipe(fitted, table, { training: false, seed: 1, withTarget: true }).groups!]).toEqual([0, 1, 2, 0, 2]);
  expect(applyRecipe(fitted, selectColumns(table, ['x']), { training: false, seed: 1, withTarget: false }).groups).toBeUndefined();
});

test('training without the column is refused; without a group nothing is there', () => {
  expect(() => fitMatrix(spec, dropColumns(table, ['query']), { seed: 1 })).toThrow('query');
  const { group: _, ...plain } = spec;
  expect(fitMatrix({ ...plain, drop: ['query'] }, table, { seed: 1 }).matrix).not.toHaveProperty('groups');
});

test('parsing keeps it, refuses the target, and leaves recipes without one as they were', () => {
  expect(parseRecipe({ ...spec })).toEqual(spec);
  expect(() => parseRecipe({ ...spec, group: 'grade' })).toThrow('recipe.group');
  expect(() => parseRecipe({ ...spec, group: 5 })).toThrow('recipe.group');
  const { group: _, ...plain } = spec;
  expect(hashJson(parseRecipe({ ...plain, group: null }))).toBe(hashJson(plain));
});
