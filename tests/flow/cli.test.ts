// The built CLI, run as a person runs it: train, predict, evaluate, compress, export, and every way to get it wrong.
// The claims of issue 2: scores and repeatable hashes on adult, and an exported module that predicts what the CLI does.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { learners } from '../../src/core/learners/index.ts';
import type { RawRow } from '../../src/core/pipeline/golden-rows.ts';
import { barnacle, barnacleJson, buildCli } from './command-line.ts';
import { csvOf, gapBetween, heldOut, type Served } from './held-out.ts';
import { hasSharedData, sharedData, sharedTable, vegaTable } from './shared-data.ts';

type Summary = { learner: string; metrics: { [metric: string]: number }; model_hash: string; run_id: string; [field: string]: unknown };
const fields = ['rows', 'columns', 'task', 'split', 'learner', 'metrics', 'intervals', 'fit_ms', 'predict_us_per_row', 'model_bytes', 'model_hash', 'run_id', 'backend', 'threads'];
const folder = mkdtempSync(join(tmpdir(), 'barnacle-cli-'));
const at = (name: string) => join(folder, name);
const penguins = resolve('node_modules/vega-datasets/data/penguins.json');
const adult = join(sharedData, 'adult.csv.gz');

beforeAll(buildCli, 120_000);

/** Exports a bundle through the CLI, loads the module and gives the largest difference between its predictions and the CLI's. */
async function gapOfExport(bundlePath: string, rows: readonly RawRow[], input: string): Promise<number> {
  const path = `${bundlePath}.mjs`;
  await barnacleJson(['export', bundlePath, '--format', 'js', '--out', path]);
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { predict(rows: readonly RawRow[]): Served[] };
  const answer = await barnacleJson<{ rows: number; predictions: Served[] }>(['predict', bundlePath, '-'], input);
  expect(answer.rows).toBe(rows.length);
  return gapBetween(module.predict(rows), answer.predictions);
}

const alone: { [learner: string]: Summary } = {};
const identity = ({ learner, run_id, model_hash }: Summary) => [learner, run_id, learners.get(learner).exact ? model_hash : 'not exact'];

/** Those that penguins, of three species, are a task for. */
const manyClasses = learners.all.filter((l) => l.tasks.includes('multiclass'));

describe.each(manyClasses.map((l) => l.type))('penguins, %s', (learner) => {
  test('not a word of a library, exactly the promised fields; the exported module gives the CLI\'s predictions, missing and unseen values included', async () => {
    const path = at(`${learner}.barnacle`);
    const { out, err } = await barnacle(['train', penguins, '--target', 'Species', '--learner', learner, '--save', path, '--json']);
    expect(err).toBe('');
    const summary = (alone[learner] = JSON.parse(out) as Summary);
    expect(Object.keys(summary)).toEqual(fields);
    expect(summary).toMatchObject({ rows: 344, columns: 7, task: 'multiclass', split: 'stratified', learner });
    const rows = heldOut(path, await vegaTable('penguins.json'), 1000);
    expect(rows.length).toBeGreaterThan(60);
    expect(await gapOfExport(path, rows, rows.map((row) => JSON.stringify(row)).join('\n'))).toBeLessThan(1e-6);
  });
});

test('regression: predictions as CSV beside the rows, scores of a saved bundle, and a smaller one', async () => {
  const weather = resolve('node_modules/vega-datasets/data/seattle-weather.csv');
  const [path, small, out] = [at('weather.barnacle'), at('small.barnacle'), at('weather.csv')];
  const summary = await barnacleJson<Summary>(['train', weather, '--target', 'temp_max', '--split', 'time:date', '--metric', 'mae', '--seed', '3', '--save', path]);
  expect(summary).toMatchObject({ task: 'regression', split: 'time:date' });
  expect(Object.keys(summary.metrics)[0]).toBe('mae');
  expect((await barnacle(['predict', path, weather, '--out', out])).out).toMatch(/^1461 rows predicted to /);
  const [header, first] = readFileSync(out, 'utf8').split('\n');
  expect(header).toBe('date,precipitation,temp_max,temp_min,wind,weather,prediction');
  expect(Number(first.split(',').at(-1))).toBeGreaterThan(0);
  const scored = await barnacleJson<{ rows: number; metrics: { mae: { value: number } } }>(['evaluate', path, weather]);
  expect(scored.metrics.mae.value).toBeLessThan(summary.metrics.mae * 1.2);
  const compressed = await barnacleJson<{ bytes: number; bytes_before: number; before: number; after: number }>(['compress', path, weather, '--bits', '8', '--save', small]);
  expect(compressed.bytes).toBeLessThan(compressed.bytes_before);
  expect(compressed.before).toBeCloseTo(summary.metrics.mae, 12);
  expect(Math.abs(compressed.after / compressed.before - 1)).toBeLessThan(0.05);
});

test('threads, and learners trained beside it, change nothing but the time', async () => {
  const all = await barnacleJson<Summary[]>(['train', penguins, '--target', 'Species', '--learner', 'all', '--threads', '2']);
  expect(all.map(identity)).toEqual(manyClasses.map((l) => identity(alone[l.type])));
});

test('helpers of the built CLI start: two threads are two, and the model is the same', async () => {
  const [one, two] = [await barnacleJson<Summary>(['train', penguins, '--target', 'Species', '--param', 'trees=5']), await barnacleJson<Summary>(['train', penguins, '--target', 'Species', '--param', 'trees=5', '--threads', '2'])];
  expect([one.threads, two.threads]).toEqual([1, 2]);
  expect(two.model_hash).toBe(one.model_hash);
});

test('standard input, help of every command, a closed pipe', async () => {
  const piped = await barnacleJson<{ file: string; rows: number }>(['profile', '-'], readFileSync(penguins));
  expect(piped).toMatchObject({ file: 'standard input', rows: 344 });
  const overview = (await barnacle([])).out;
  for (const name of ['profile', 'train', 'predict', 'evaluate', 'compress', 'export', 'bench']) {
    expect(overview).toContain(`  ${name} `);
    const { code, out } = await barnacle([name, '--help']);
    expect([code, out.includes(`usage: barnacle ${name} `), out.includes('--json')]).toEqual([0, true, true]);
  }
  expect(await barnacle(['export', at('gbt.barnacle')], null, false)).toMatchObject({ code: 0, err: '' });
});

const csv = (name: string, text: string) => {
  writeFileSync(at(name), text);
  return at(name);
};
const wrong: [string, () => string[], RegExp][] = [
  ['a command', () => ['trian'], /command "trian" is unknown; known are profile, clean, train/],
  ['no file', () => ['train'], /0 files given, expected FILE/],
  ['a path', () => ['profile', 'nope.csv'], /"nope\.csv" cannot be opened: there is no such file/],
  ['an empty folder', () => ['profile', mkdtempSync(join(tmpdir(), 'barnacle-empty-'))], /the folder holds no file/],
  ['a flag', () => ['train', penguins, '--targte', 'x'], /unknown option '--targte'/],
  ['no target', () => ['train', penguins], /--target is missing/],
  ['a column', () => ['train', penguins, '--target', 'species'], /column "species" is missing; the table has Species/],
  ['a learner', () => ['train', penguins, '--target', 'Species', '--learner', 'boosting'], /--learner is "boosting"; expected one of baseline/],
  ['a metric', () => ['train', penguins, '--target', 'Species', '--metric', 'rmse'], /--metric is "rmse"; expected one of log-loss/],
  ['a seed', () => ['train', penguins, '--target', 'Species', '--seed', 'x'], /--seed is "x"; expected an integer/],
  ['a split', () => ['train', penguins, '--target', 'Species', '--split', 'time'], /--split is "time"; expected random/],
  ['a parameter', () => ['train', penguins, '--target', 'Species', '--params', '{"leafs":3}'], /gbt\.leafs is 3; expected one of .*trees/],
  ['a folder to save in', () => ['train', penguins, '--target', 'Species', '--save', at('no/model.barnacle')], /cannot be written: there is no such folder/],
  ['an empty file', () => ['train', csv('empty.csv', ''), '--target', 'y'], /"empty\.csv" is empty/],
  ['a header alone', () => ['train', csv('header.csv', 'x,y\n'), '--target', 'y'], /holds column names and no rows/],
  ['one class', () => ['train', csv('one.csv', `x,y\n${'1,a\n2,a\n3,a\n'.repeat(9)}`), '--target', 'y'], /has one class, "a"/],
  ['no feature', () => ['train', csv('alone.csv', 'y\n1\n2\n3\n4\n5\n6\n'), '--target', 'y'], /no column is left as a feature/],
  ['a bundle', () => ['predict', penguins, penguins], /bundle cannot be read/],
];
test.each(wrong)('%s that is wrong: exit code 1 and one clear line', async (_, args, line) => {
  const { code, out, err } = await barnacle(args());
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(line);
  expect(err).toMatch(/^barnacle: [^\n]+\n$/);
});

describe.skipIf(!existsSync(adult) || !hasSharedData)('adult (../shared/data; skipped where it is absent)', () => {
  const train = (learner: string, path: string) => ['train', adult, '--target', 'income', '--learner', learner, '--seed', '1', '--save', path];

  test('every learner reaches its score, and the same command gives the same model', async () => {
    const all = await barnacleJson<Summary[]>(train('all', at('best.barnacle')));
    const auc = Object.fromEntries(all.map((s) => [s.learner, s.metrics['roc-auc']]));
    expect(auc['gbt']).toBeGreaterThanOrEqual(0.92);
    expect(auc['forest']).toBeGreaterThanOrEqual(0.9);
    expect(auc['linear']).toBeGreaterThanOrEqual(0.9);
    expect(auc['mlp']).toBeGreaterThanOrEqual(0.9);
    expect(auc['baseline']).toBe(0.5);
    for (const learner of ['gbt', 'linear']) {
      const again = await barnacleJson<Summary>(train(learner, at(`adult-${learner}.barnacle`)));
      expect(again).toMatchObject({ model_hash: all.find((s) => s.learner === learner)!.model_hash, run_id: all.find((s) => s.learner === learner)!.run_id });
    }
  }, 400_000);

  test.each(['gbt', 'linear'])('%s: the exported module gives the CLI\'s predictions on 1,000 held-out raw rows', async (learner) => {
    const path = at(`adult-${learner}.barnacle`);
    const rows = heldOut(path, await sharedTable('adult.csv.gz'), 1000);
    expect(rows.length).toBe(1000);
    expect(await gapOfExport(path, rows, csvOf(rows))).toBeLessThan(1e-6);
  }, 60_000);
});
