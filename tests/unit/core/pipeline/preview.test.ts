import { expect, it } from 'vitest';
import { previewRecipe } from '../../../../src/core/pipeline/preview.ts';
import type { RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';

const n = 60;
const table = makeTable([
  numbersOf('age', Array.from({ length: n }, (_, i) => (i % 7 ? i : null))),
  categoriesOf('town', Array.from({ length: n }, (_, i) => ['x', 'y', 'z'][i % 3])),
  categoriesOf('sick', Array.from({ length: n }, (_, i) => (i % 2 ? 'yes' : 'no'))),
]);
const spec = (steps: RecipeSpec['steps']): RecipeSpec => ({ version: 1, task: 'binary', target: 'sick', above: null, positive: null, drop: [], steps });
const split = { kind: 'random', column: null, test: 0.2, valid: 0.1 } as const;
const step = (type: string, columns: string[] = [], params: { [key: string]: number | string } = {}) => ({ id: type, type, columns, params });

it('says what each step does and what comes out', () => {
  const preview = previewRecipe(table, spec([step('impute'), step('one-hot', ['town'])]), split, 1);
  expect(preview.steps.map((s) => [s.id, s.error])).toEqual([['impute', null], ['one-hot', null]]);
  expect(preview.steps[1].made.length).toBeGreaterThanOrEqual(3);
  expect(preview.after.columns.length).toBe(preview.features);
  expect(preview.counts.train + preview.counts.valid + preview.counts.test).toBe(n);
  expect(preview.before.columns).toEqual(['age', 'town', 'sick']);
});

it('puts an error beside the step that fails and keeps what came before', () => {
  const preview = previewRecipe(table, spec([step('impute'), step('one-hot', ['nowhere']), step('standardise')]), split, 1);
  expect(preview.steps.map((s) => s.error !== null)).toEqual([false, true, false]);
  expect(preview.steps[1].error).toContain('nowhere');
  expect(preview.features).toBe(0);
});

it('names bad params of the first step as its own', () => {
  const preview = previewRecipe(table, spec([step('one-hot', ['town'], { nonsense: 1 })]), split, 1);
  expect(preview.steps[0].error).toContain('nonsense');
});

it('says which column no step turned into numbers', () => {
  const preview = previewRecipe(table, spec([step('impute')]), split, 1);
  expect(preview.steps.at(-1)).toMatchObject({ id: '' });
  expect(preview.steps.at(-1)!.error).toContain('town');
});

it('throws when the target is at fault, not a step', () => {
  expect(() => previewRecipe(table, { ...spec([step('impute')]), target: 'gone' }, split, 1)).toThrow('gone');
});
