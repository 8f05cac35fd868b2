// The whole road in Node, on real files: read, profile, suggest, train every learner, bundle, compress, export, predict.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import serveRuntime from 'virtual:serve';
import { quiet } from '../../src/core/base/task.ts';
import { writeJsModule } from '../../src/core/bundle/exporters/js.ts';
import { hashBundle } from '../../src/core/bundle/hash-bundle.ts';
import { readBundle } from '../../src/core/bundle/read-bundle.ts';
import { writeBundle } from '../../src/core/bundle/write-bundle.ts';
import { learners } from '../../src/core/learners/index.ts';
import { compressBundle } from '../../src/core/pipeline/compress-bundle.ts';
import { rawRow, type RawRow } from '../../src/core/pipeline/golden-rows.ts';
import { decodeRow, predictRows, predictTable } from '../../src/core/pipeline/predict.ts';
import { takeRows } from '../../src/core/table/take.ts';
import { hasSharedData, sharedTable, vegaTable } from './shared-data.ts';
import { train } from './train.ts';

async function importModule(text: string): Promise<{ predict(rows: RawRow[]): { prediction: string | number; probabilities: { [level: string]: number } | null }[] }> {
  const file = join(mkdtempSync(join(tmpdir(), 'barnacle-')), 'model.mjs');
  writeFileSync(file, text);
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Awaited<ReturnType<typeof importModule>>;
}

describe.each(learners.all.filter((l) => l.tasks.includes('multiclass')).map((l) => l.type))('penguins, %s', (learner) => {
  test('trains, survives a file, compresses, exports, predicts alike', async () => {
    const table = await vegaTable('penguins.json');
    const { run: record, bundle, prepared } = await train(table, 'Species', learner);
    expect(record.status).toBe('done');
    expect(record.evaluation!.metrics['accuracy'].value).toBeGreaterThan(learner === 'baseline' ? 0.3 : 0.93);

    const again = readBundle(writeBundle(bundle));
    expect(hashBundle(again)).toBe(record.bundle);
    const held = takeRows(table, prepared.split.test);
    const { prediction } = predictTable(again, held);
    const raw = Array.from({ length: held.rows }, (_, i) => rawRow(held, i));
    expect(Array.from(predictRows(again, raw).prediction.values)).toEqual(Array.from(prediction.values));

    const small = await compressBundle(again, 8, prepared.test, 20, quiet);
    expect(small.evaluation.metrics['accuracy'].value).toBeGreaterThan(record.evaluation!.metrics['accuracy'].value - 0.05);

    for (const each of [again, small.bundle]) {
      const module = await importModule(writeJsModule(each, serveRuntime));
      const strange: RawRow[] = [{}, { ...raw[0], Sex: 'a level never seen' }, { ...raw[1], 'Body Mass (g)': null }, ...raw];
      const ours = predictRows(each, strange).prediction;
      module.predict(strange).forEach((answer, i) => {
        const expected = decodeRow(ours, i);
        expect(answer.prediction).toBe(expected.prediction);
        for (const [level, p] of Object.entries(expected.probabilities!)) expect(Math.abs(answer.probabilities![level] - p)).toBeLessThan(1e-6);
      });
    }
  });
});

test('the same spec gives the same bundle, for every exact learner', async () => {
  const table = await vegaTable('seattle-weather.csv');
  for (const { type } of learners.all.filter((l) => l.exact && l.tasks.includes('multiclass'))) {
    const first = await train(table, 'weather', type);
    const second = await train(table, 'weather', type);
    expect(second.run.bundle).toBe(first.run.bundle);
    expect(second.run.id).toBe(first.run.id);
  }
});

test('a dirty file with mixed types trains without help', async () => {
  const { run: record } = await train(await vegaTable('birdstrikes.csv'), 'Effect Amount of damage', 'gbt');
  expect(record.evaluation!.metrics['log-loss'].value).toBeLessThan(0.6);
});

test('regression by threshold: a numeric target read as "above"', async () => {
  const { run: record } = await train(await vegaTable('seattle-weather.csv'), 'precipitation', 'gbt', { above: 1 });
  expect(record.spec.recipe.task).toBe('binary');
  expect(record.evaluation!.metrics['roc-auc'].value).toBeGreaterThan(0.6);
});

test.skipIf(!hasSharedData)('california housing, regression: trees beat the line, the line beats the mean', async () => {
  const table = await sharedTable('california_housing.csv');
  const target = 'median_house_value';
  const rmse = async (learner: string) => (await train(table, target, learner)).run.evaluation!.metrics['rmse'].value;
  const [mean, line, trees] = [await rmse('baseline'), await rmse('linear'), await rmse('gbt')];
  expect(line).toBeLessThan(mean * 0.75);
  expect(trees).toBeLessThan(line * 0.8);
});
