// Categories that a recipe keeps for trees, from the table to a served row: who cannot take them says so before it fits.
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { readBundle } from '../../../../src/core/bundle/read-bundle.ts';
import { writeBundle } from '../../../../src/core/bundle/write-bundle.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import { referenceTrees } from '../../../../src/core/learners/trees/reference.ts';
import { checkGolden } from '../../../../src/core/pipeline/check-golden.ts';
import { predictRows } from '../../../../src/core/pipeline/predict.ts';
import { fitHere, run } from '../../../../src/core/pipeline/run.ts';
import type { RunSpec } from '../../../../src/core/pipeline/run-spec.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { loadTreeServer } from '../../../../src/kernels/trees-serve-wasm/index.ts';

const cities = Array.from({ length: 600 }, (_, i) => (i % 41 === 0 ? null : `city ${(i * 31) % 23}`));
const worth = (city: string | null) => (city === null ? -4 : (Number(city.slice(5)) * 7) % 11);
const table = makeTable([categoriesOf('city', cities), numbersOf('size', cities.map((_, i) => i % 10)), numbersOf('y', cities.map((city, i) => worth(city) + (i % 10) / 5))]);
const recipe = { version: 1 as const, task: 'regression' as const, target: 'y', above: null, positive: null, drop: [], steps: [{ id: 'codes', type: 'codes', columns: [], params: {} }, { id: 'impute', type: 'impute', columns: [], params: {} }] };
const specOf = (type: string, params: { [name: string]: number } = {}): RunSpec => ({ data: 'd', recipe, split: { kind: 'random', column: null, test: 0.2, valid: 0.1 }, learner: { type, params }, metrics: ['rmse'], seed: 1 });
const fit = fitHere({ trees: referenceTrees, nets: async () => referenceNets }, async () => ({ barnacle: '', kernels: '', backend: '', threads: 1, extra: {} }));
const context = { ...quiet, clock: () => 0, fit, prepared: null, resamples: 5 };

test('trees split them into sets, and a row by hand is predicted from its city', async () => {
  const { run: record, bundle } = await run(specOf('gbt', { trees: 60, minLeafRows: 5 }), table, context);
  expect(bundle.recipe.output[0]).toEqual({ name: 'city', source: 'city', levels: 23 });
  expect(bundle.model.arrays.sets).toBeInstanceOf(Uint8Array);
  expect(record.evaluation!.metrics['rmse'].value).toBeLessThan(1);
  const [one, other] = predictRows(bundle, [{ city: 'city 3', size: 5 }, { city: 'city 8', size: 5 }]).prediction.values;
  expect(Math.abs(one - (worth('city 3') + 1))).toBeLessThan(1.5);
  expect(Math.abs(other - (worth('city 8') + 1))).toBeLessThan(1.5);
  checkGolden(readBundle(writeBundle(bundle)));
});

test('the serving kernel changes nothing but the time', async () => {
  const plain = await run(specOf('gbt', { trees: 20 }), table, context);
  const fast = await run(specOf('gbt', { trees: 20 }), table, { ...context, serving: await loadTreeServer() });
  expect(fast.run.bundle).toBe(plain.run.bundle);
});

test.each(['linear'])('%s refuses, and the constant baseline does not mind', async (type) => {
  await expect(run(specOf(type), table, context)).rejects.toMatchObject({ code: 'nominal-feature', details: { column: 'city' } });
  expect((await run(specOf('baseline'), table, context)).run.status).toBe('done');
});
