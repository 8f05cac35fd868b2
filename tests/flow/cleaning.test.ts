// Cleaning is part of the model: trained on cleaned data, it is given rows as they were read, in Node and in an export.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import plainRuntime, { runtimeFor } from 'virtual:serve';
import { quiet } from '../../src/core/base/task.ts';
import { writeJsModule } from '../../src/core/bundle/exporters/js.ts';
import { hashBundle } from '../../src/core/bundle/hash-bundle.ts';
import { readBundle } from '../../src/core/bundle/read-bundle.ts';
import { writeBundle } from '../../src/core/bundle/write-bundle.ts';
import type { CleanSpec } from '../../src/core/clean/clean.ts';
import { parseClean } from '../../src/core/clean/parse-clean.ts';
import { rankingMetrics } from '../../src/core/metrics/ranking-metrics.ts';
import { adaptRecipe } from '../../src/core/pipeline/adapt-recipe.ts';
import { cleanData } from '../../src/core/pipeline/clean-data.ts';
import { predictRows, predictTable } from '../../src/core/pipeline/predict.ts';
import { predictWords } from '../../src/core/pipeline/predict-source.ts';
import type { RunSpec } from '../../src/core/pipeline/run-spec.ts';
import { fitHere, run, type RunResult } from '../../src/core/pipeline/run.ts';
import { scoredTable } from '../../src/core/pipeline/scored-table.ts';
import { suggest } from '../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../src/core/profile/profile-table.ts';
import { categoriesOf, makeTable, numbersOf } from '../../src/core/table/build.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';
import { takeRows } from '../../src/core/table/take.ts';
import { selectKernels } from '../../src/kernels/select.ts';

/** Weights as text with a unit, cities in several spellings, a code for missing, labels with a stray dot. */
function dirty(rows: number) {
  const cities = ['Paris', 'paris', ' Paris', 'Rome', 'ROME', 'Oslo'];
  const weight = Array.from({ length: rows }, (_, i) => `${((i * 7) % 40) / 2} kg`);
  const city = Array.from({ length: rows }, (_, i) => cities[(i * 5) % 6]);
  const age = Array.from({ length: rows }, (_, i) => (i % 11 === 0 ? -99 : 20 + ((i * 13) % 50)));
  const label = Array.from({ length: rows }, (_, i) => `${((i * 7) % 40) / 2 + (city[i].trim().toLowerCase() === 'rome' ? 6 : 0) > 12 ? 'yes' : 'no'}${i % 3 ? '' : '.'}`);
  return makeTable([categoriesOf('weight', weight), categoriesOf('city', city), numbersOf('age', age), categoriesOf('note', weight.map((_, i) => `n${i}`)), categoriesOf('label', label)]);
}
const clean: CleanSpec = parseClean({
  version: 1,
  steps: [
    { id: '1', type: 'strip-unit', columns: ['weight'], params: { unit: 'kg' } },
    { id: '2', type: 'rename', columns: ['weight'], params: { name: 'mass' } },
    { id: '3', type: 'trim', columns: ['city', 'note'], params: {} },
    { id: '4', type: 'merge-variants', columns: ['city'], params: { map: '{"paris":"Paris","ROME":"Rome"}' } },
    { id: '5', type: 'set-missing', columns: ['age'], params: { values: '-99' } },
    { id: '6', type: 'replace', columns: ['label'], params: { find: '.', with: '', whole: false, ignoreCase: false } },
    { id: '7', type: 'filter', columns: [], params: { expression: 'mass > 0', keep: 'matching' } },
    { id: '8', type: 'compute', columns: [], params: { name: 'heavy old', expression: 'mass * age' } },
  ],
});

async function trainCleaned(table: ReturnType<typeof dirty>, learner: string, own: Partial<RunSpec> = {}): Promise<RunResult> {
  const { table: cleaned } = cleanData({ clean }, table);
  const { recipe, split } = suggest(await profileTable(cleaned, quiet), 'label', null);
  const spec: RunSpec = { data: hashTable(table), clean, recipe, split, learner: { type: learner, params: {} }, metrics: rankingMetrics(recipe.task), seed: 1, ...own };
  const { kernels } = await selectKernels({ backend: 'reference' });
  return run(spec, table, { ...quiet, clock: () => 0, fit: fitHere(kernels, async () => ({ barnacle: '0', kernels: '0', backend: 'test', threads: 1, extra: {} })), prepared: null, resamples: 20 });
}

test('a model of cleaned data takes rows as they were read', async () => {
  const table = dirty(600);
  const { run: record, bundle, prepared } = await trainCleaned(table, 'gbt');
  expect(record.evaluation!.metrics['accuracy'].value).toBeGreaterThan(0.9);
  expect(bundle.contract.columns.map((column) => column.name)).toEqual(['weight', 'city', 'age']);
  expect(bundle.clean!.steps.map((step) => step.type)).toEqual(['strip-unit', 'rename', 'trim', 'merge-variants', 'set-missing', 'replace', 'compute']);

  const again = readBundle(writeBundle(bundle));
  expect(hashBundle(again)).toBe(record.bundle);
  const row = { weight: '19.5 kg', city: 'rome', age: 33 };
  const spelled = { weight: ' 19.5 KG', city: '  ROME', age: '33' };
  expect(predictRows(again, [spelled]).prediction.values[0]).toBe(predictRows(again, [{ ...row, city: 'ROME' }]).prediction.values[0]);
  expect(predictRows(again, [{ ...row, age: -99 }]).prediction.values[0]).toBe(predictRows(again, [{ ...row, age: null }]).prediction.values[0]);
  expect(prepared.served!.steps).toHaveLength(7);

  const fresh = takeRows(table, Int32Array.from({ length: 100 }, (_, i) => i));
  const scored = scoredTable(again, fresh);
  expect([scored.rows, scored.target.kind]).toEqual([100, 'class']);
  expect(Array.from(predictTable(again, fresh).prediction.values)).toEqual(Array.from(scored.prediction.values));
});

test('an exported module cleans as training did, and one without cleaning carries none of it', async () => {
  const { bundle } = await trainCleaned(dirty(300), 'linear');
  const runtime = await runtimeFor(bundle);
  expect(runtime.length).toBeGreaterThan(plainRuntime.length);
  const file = join(mkdtempSync(join(tmpdir(), 'barnacle-')), 'model.mjs');
  writeFileSync(file, writeJsModule(bundle, runtime));
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { predict(row: object): { probabilities: { [level: string]: number } } };
  const row = { weight: '3.5 kg', city: ' Paris', age: 40 };
  const ours = predictRows(bundle, [row]).prediction.values[0];
  expect(Math.abs(module.predict(row).probabilities['yes'] - ours)).toBeLessThan(1e-9);
});

test('an edited contract goes with the model; equal specs give equal bundles', async () => {
  const table = dirty(300);
  const first = await trainCleaned(table, 'linear');
  const edited = { version: 1 as const, columns: [{ ...first.bundle.contract.columns[2], outside: 'refuse' as const, range: { min: 0, max: 120 } }] };
  const second = await trainCleaned(table, 'linear', { contract: edited });
  expect(second.bundle.contract.columns.map((column) => [column.name, column.outside])).toEqual([['weight', 'accept'], ['city', 'accept'], ['age', 'refuse']]);
  expect((await trainCleaned(table, 'linear')).run.bundle).toBe(first.run.bundle);
  expect(second.run.id).not.toBe(first.run.id);
});

test('a recipe follows renames, lets go of what is gone and takes in what is new', async () => {
  const table = dirty(300);
  const before = suggest(await profileTable(table, quiet), 'label', null);
  const cleaned = cleanData({ clean }, table).table;
  const { recipe, split } = adaptRecipe({ ...before.recipe, drop: ['note', 'weight'] }, before.split, await profileTable(cleaned, quiet), clean);
  expect(recipe.drop).toEqual(['note', 'mass']);
  expect(recipe.steps.flatMap((step) => step.columns).every((name) => cleaned.columns.some((column) => column.name === name))).toBe(true);
  expect([recipe.target, split.kind]).toEqual(['label', 'stratified']);
});

test('a row that the contract refuses gets a reason instead of an answer', async () => {
  const table = dirty(300);
  const first = await trainCleaned(table, 'linear');
  const age = { ...first.bundle.contract.columns[2], range: { min: 0, max: 120 }, outside: 'refuse' as const };
  const { bundle } = await trainCleaned(table, 'linear', { contract: { version: 1, columns: [age] } });
  const row = { weight: '3.5 kg', city: 'Paris', age: 40 };
  const [fine, refused] = predictWords(bundle, [row, { ...row, age: 400 }]);
  expect(typeof fine.prediction).toBe('string');
  expect([refused.prediction, refused.probabilities, refused.breaches.map((breach) => breach.policy)]).toEqual([null, null, ['refuse']]);
});
