// A recipe with a weight column through whole runs: no feature, no input at prediction, and what it weighs shows in model and scores.
import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import { referenceTrees } from '../../../../src/core/learners/trees/reference.ts';
import { adaptRecipe } from '../../../../src/core/pipeline/adapt-recipe.ts';
import { predictRows } from '../../../../src/core/pipeline/predict.ts';
import { prepare } from '../../../../src/core/pipeline/prepare.ts';
import { runImportance } from '../../../../src/core/pipeline/run-importance.ts';
import { fitHere, run } from '../../../../src/core/pipeline/run.ts';
import { scoredTable } from '../../../../src/core/pipeline/scored-table.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { parseRecipe } from '../../../../src/core/recipe/parse-recipe.ts';
import type { RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import { weightsOf } from '../../../../src/core/recipe/weights-of.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { dropColumns } from '../../../../src/core/table/take.ts';

const random = sequence(1, 'weights');
const rows = 600;
const x = Array.from({ length: rows }, () => random.normal());
/** Half the rows say y = x and weigh 3, half say y = -x and weigh 0. */
const table = makeTable([numbersOf('x', x), numbersOf('w', x.map((_, i) => (i % 2 ? 3 : 0))), numbersOf('y', x.map((v, i) => (i % 2 ? v : -v)))]);
const recipe: RecipeSpec = { version: 1, task: 'regression', target: 'y', above: null, positive: null, drop: [], steps: [], weight: 'w' };
const fit = fitHere({ trees: referenceTrees, nets: async () => referenceNets }, async () => ({ barnacle: '', kernels: '', backend: '', threads: 1, extra: {} }));
const specOf = (type: string, params: object = {}) => ({ data: 'd', recipe, split: { kind: 'random' as const, column: null, test: 0.3, valid: 0.2 }, learner: { type, params: { ...params } }, metrics: ['rmse'], seed: 1 });

test.each([['linear', {}], ['gbt', { trees: 60, minLeafRows: 5 }], ['forest', { trees: 20 }]])('%s learns and is scored by what rows weigh', async (type, params) => {
  const { run: record, bundle } = await run(specOf(type, params), table, { ...quiet, clock: () => 0, fit, prepared: null, resamples: 20 });
  expect(record.evaluation!.metrics.rmse.value).toBeLessThan(0.35);
  expect(bundle.contract.columns.map((column) => column.name)).toEqual(['x']);
  expect(predictRows(bundle, [{ x: 1 }]).prediction.values[0]).toBeGreaterThan(0.6);
  expect(scoredTable(bundle, table).weight![1]).toBe(3);
  expect(scoredTable(bundle, dropColumns(table, ['w'])).weight).toBeNull();
  expect((await runImportance(bundle, specOf(type, params), table, quiet))[0].value).toBeGreaterThan(0.5);
});

test('matrices carry the weights, features do not', async () => {
  const { train, valid, test: held } = await prepare(specOf('linear'), table, quiet);
  expect(train.features.map((feature) => feature.name)).toEqual(['x']);
  for (const matrix of [train, valid!, held]) expect(new Set(matrix.weight)).toEqual(new Set([0, 3]));
});

test.each([
  ['of another kind', makeTable([categoriesOf('w', ['a', 'b'])]), 'of kind category'],
  ['missing', makeTable([numbersOf('w', [1, null])]), 'missing in row 2'],
  ['negative', makeTable([numbersOf('w', [1, -3])]), '-3 in row 2'],
  ['nothing', makeTable([numbersOf('w', [0, 0])]), '0 in every row'],
])('weights that are %s are refused', (_, bad, why) => {
  expect(() => weightsOf({ weight: 'w' }, bad, true)).toThrow(why);
});

test('a recipe from a file may name it, once; a rename is followed, another kind lets it go', async () => {
  expect(parseRecipe({ ...recipe }).weight).toBe('w');
  expect(() => parseRecipe({ ...recipe, weight: 'y' })).toThrow('another column');
  const { split } = specOf('linear');
  const renamed = makeTable(table.columns.map((column) => (column.name === 'w' ? { ...column, name: 'kg' } : column)));
  const clean = { version: 1 as const, steps: [{ id: 's', type: 'rename', columns: ['w'], params: { name: 'kg' } }] };
  expect(adaptRecipe(recipe, split, await profileTable(renamed, quiet), clean).recipe.weight).toBe('kg');
  const words = makeTable([table.columns[0], categoriesOf('w', x.map(() => 'a')), table.columns[2]]);
  expect(adaptRecipe(recipe, split, await profileTable(words, quiet), null).recipe.weight).toBeUndefined();
});
