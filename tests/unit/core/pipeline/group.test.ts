// A recipe with a group column through a whole run: whole groups to each part, no input at prediction, NDCG when asked for.
import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { referenceTrees } from '../../../../src/core/learners/trees/reference.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import { adaptRecipe } from '../../../../src/core/pipeline/adapt-recipe.ts';
import { predictRows } from '../../../../src/core/pipeline/predict.ts';
import { prepare } from '../../../../src/core/pipeline/prepare.ts';
import { runImportance } from '../../../../src/core/pipeline/run-importance.ts';
import { fitHere, run } from '../../../../src/core/pipeline/run.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import type { RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import type { SplitSpec } from '../../../../src/core/split/split.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { dropColumns } from '../../../../src/core/table/take.ts';

const random = sequence(1, 'groups');
const rows = 300;
const x = Array.from({ length: rows }, () => random.normal());
const table = makeTable([numbersOf('x', x), categoriesOf('query', x.map((_, i) => `q${i % 30}`)), numbersOf('grade', x.map((v) => Math.max(0, Math.min(4, Math.round(v + 1 + 0.5 * random.normal())))))]);
const recipe: RecipeSpec = { version: 1, task: 'regression', target: 'grade', above: null, positive: null, drop: [], steps: [], group: 'query' };
const byGroup: SplitSpec = { kind: 'group', column: 'query', test: 0.3, valid: 0.2 };
const spec = { data: 'd', recipe, split: byGroup, learner: { type: 'linear', params: {} }, metrics: ['ndcg-10', 'rmse'], seed: 1 };
const fit = fitHere({ trees: referenceTrees, nets: async () => referenceNets }, async () => ({ barnacle: '', kernels: '', backend: '', threads: 1, extra: {} }));

test('a split that tears groups apart is refused with the remedy', async () => {
  const refused = prepare({ ...spec, split: { kind: 'random', column: null, test: 0.3, valid: 0.2 } }, table, quiet);
  await expect(refused).rejects.toMatchObject({ code: 'bad-split', message: expect.stringContaining('split by group with the column "query"') as string });
});

test('a run ranks by NDCG, whose interval draws queries; the bundle predicts without the column; importance sees queries', async () => {
  const { run: record, bundle } = await run(spec, table, { ...quiet, clock: () => 0, fit, prepared: null, resamples: 60 });
  const { value, low, high } = record.evaluation!.metrics['ndcg-10'];
  expect(value).toBeGreaterThan(0.8);
  expect(low < value && value < high).toBe(true);
  expect(bundle.contract.columns.map((column) => column.name)).toEqual(['x']);
  expect(predictRows(bundle, [{ x: 1 }]).prediction.values).toHaveLength(1);
  const [first] = await runImportance(bundle, spec, table, quiet);
  expect(first.column).toBe('x');
  expect(first.value).toBeGreaterThan(0.05);
});

test('boosting minimises what it is asked to, and its own metrics join the record', async () => {
  const fitted = async (params: { [key: string]: string | number }) => (await run({ ...spec, metrics: ['rmse'], learner: { type: 'gbt', params: { trees: 20, minLeafRows: 5, ...params } } }, table, { ...quiet, clock: () => 0, fit, prepared: null, resamples: 5 })).run.evaluation!.metrics;
  const [ranked, counted, plain] = [await fitted({ objective: 'lambdarank' }), await fitted({ objective: 'poisson' }), await fitted({})];
  expect(ranked['ndcg-10'].value).toBeGreaterThan(0.8);
  expect(counted['poisson-deviance'].value).toBeLessThan(1);
  expect(Object.keys(plain)).not.toContain('ndcg-10');
});

test('other data without the column loses the group; a column that is there keeps it and gets no step', async () => {
  const kept = adaptRecipe(recipe, byGroup, await profileTable(table, quiet), null).recipe;
  expect(kept.group).toBe('query');
  expect(kept.steps.flatMap((step) => step.columns)).not.toContain('query');
  expect(adaptRecipe(recipe, byGroup, await profileTable(dropColumns(table, ['query']), quiet), null).recipe).not.toHaveProperty('group');
});
