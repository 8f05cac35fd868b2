// train FILE --target COL: the whole road from a file to a bundle for one learner or all, with its score and interval.
import { readFile } from 'node:fs/promises';
import type { Json } from '../../core/base/json.ts';
import { quiet } from '../../core/base/task.ts';
import { writeBundle } from '../../core/bundle/write-bundle.ts';
import { learners } from '../../core/learners/index.ts';
import { metrics } from '../../core/metrics/index.ts';
import { rankingMetrics } from '../../core/metrics/ranking-metrics.ts';
import { prepare } from '../../core/pipeline/prepare.ts';
import type { Run, RunSpec } from '../../core/pipeline/run-spec.ts';
import { fitHere, run, type FitDoor } from '../../core/pipeline/run.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { parseRecipe } from '../../core/recipe/parse-recipe.ts';
import { getColumn } from '../../core/table/build.ts';
import { defineCommand, type Values } from '../command.ts';
import { loadTable, writeOut } from '../files.ts';
import { fitPool } from '../fit-pool.ts';
import { nodeKernels, type Backend } from '../kernels.ts';
import { bytesText, digits, msText, textTable } from '../print.ts';
import { splitFlag } from '../split-flag.ts';
import { badFlag, choiceValue, fileArgument, flagValue, numberValue, requiredText, textValue } from '../values.ts';

export const train = defineCommand({
  name: 'train',
  usage: 'barnacle train FILE --target COL [options]',
  about: 'Train one learner, or all, on a file; score them on held-out rows; keep the best as a bundle',
  flags: [
    ['FILE', 'csv, tsv, json, ndjson, parquet, each also .gz; - reads standard input'],
    ['--target COL', 'the column to predict'],
    ['--above X', 'predict whether the target is above X instead of its value'],
    ['--learner NAME', `${learners.all.map((l) => l.type).join(' | ')} | all (gbt)`],
    ['--params JSON', 'parameters of the learner, as one JSON object'],
    ['--recipe FILE', 'a recipe as JSON instead of the suggested one'],
    ['--split KIND', 'random | stratified | time:COL | group:COL (suggested from the data)'],
    ['--test SHARE', 'share of rows held out for the score (0.2)'],
    ['--valid SHARE', 'share of the rest for early stopping (0.1)'],
    ['--metric NAME', `ranks the models: ${metrics.all.map((m) => m.type).join(', ')}`],
    ['--seed N', 'seed of split, folds and sampling (1)'],
    ['--threads N', 'learners fitted at once, each in a thread of its own (1)'],
    ['--backend NAME', 'auto | webgpu | wasm | reference (auto)'],
    ['--save FILE', 'write the best model as a bundle'],
  ],
  options: Object.fromEntries(['target', 'above', 'learner', 'params', 'recipe', 'split', 'test', 'valid', 'metric', 'seed', 'threads', 'backend', 'save'].map((name) => [name, { type: 'string' as const }])),
  async run(positionals, values, door) {
    const file = fileArgument(positionals, train.usage);
    const target = requiredText(values, 'target', 'the name of the column to predict');
    const asked = choiceValue(values, 'learner', [...learners.all.map((l) => l.type), 'all'], 'gbt');
    const seed = numberValue(values, 'seed', 1, 0, 2 ** 31 - 1, true);
    const threads = numberValue(values, 'threads', 1, 1, 64, true);
    const backend = choiceValue(values, 'backend', ['auto', 'webgpu', 'wasm', 'reference'] as const, 'auto');
    const above = textValue(values, 'above') === null ? null : numberValue(values, 'above', 0, -Number.MAX_VALUE, Number.MAX_VALUE);

    const { table, hash } = await loadTable(file, door);
    getColumn(table, target);
    const context = { ...quiet, now: () => performance.now(), report: (p: { text: string; done: number | null }) => door.progress(p.text, p.done) };
    const suggestion = suggest(await profileTable(table, context), target, above);
    const recipe = textValue(values, 'recipe') === null ? suggestion.recipe : parseRecipe(await readJson('recipe', textValue(values, 'recipe')!));
    const split = splitFlag(values, suggestion.split);
    const ranking = rankingMetrics(recipe.task);
    const first = metricFlag(values, ranking);
    const types = asked === 'all' ? learners.all.map((l) => l.type) : [asked];
    const specs = types.map((type): RunSpec => ({ data: hash, recipe, split, learner: { type, params: paramsFlag(values) }, metrics: [first, ...ranking.filter((m) => m !== first)], seed }));
    const prepared = await prepare(specs[0], table, context);
    const fit = threads > 1 && specs.length > 1 ? fitPool(threads, backend) : await fitInTurn(backend);
    const results = await Promise.all(specs.map(async (spec) => {
      const result = await run(spec, table, { ...context, clock: () => Date.now(), fit, prepared, resamples: 200 });
      return { run: result.run, file: writeBundle(result.bundle) };
    }));
    door.endProgress();

    const best = bestRun(results.map((r) => r.run), first);
    const save = textValue(values, 'save');
    if (save !== null) await writeOut(save, results[best].file);
    const summaries = results.map(({ run }) => summary(run, table.rows, table.columns.length));
    if (flagValue(values, 'json')) return door.print(JSON.stringify(asked === 'all' ? summaries : summaries[0]));
    for (const reason of suggestion.reasons) door.print(reason);
    const shown = ranking.slice(0, 4);
    const rows = results.map(({ run: r }) => [r.spec.learner.type, ...shown.map((m) => interval(r, m)), msText(r.fitMs ?? 0), `${digits(r.predictMicros, 2)} µs`, bytesText(r.modelBytes ?? 0)]);
    door.print(textTable(['learner', ...shown.map((m) => metrics.get(m).label), 'fit', 'per row', 'size'], rows, [false, ...shown.map(() => true), true, true, true]));
    if (save !== null) door.print(`${results[best].run.spec.learner.type} saved to ${save}`);
  },
});

/** Fits on this thread, one after the other. */
async function fitInTurn(backend: Backend): Promise<FitDoor> {
  const { kernels, made } = await nodeKernels(backend);
  const fit = fitHere(kernels, made);
  let last: Promise<unknown> = Promise.resolve();
  return (job, context) => {
    const mine = last.then(() => fit(job, context));
    last = mine.catch(() => null);
    return mine;
  };
}

const interval = (run: Run, metric: string): string => {
  const found = run.evaluation?.metrics[metric];
  return found ? `${digits(found.value)} [${digits(found.low)}, ${digits(found.high)}]` : '-';
};

function summary(run: Run, rows: number, columns: number): Json {
  const found = Object.entries(run.evaluation?.metrics ?? {});
  return {
    rows, columns, task: run.spec.recipe.task, split: run.spec.split, learner: run.spec.learner.type,
    metrics: Object.fromEntries(found.map(([m, i]) => [m, i.value])),
    intervals: Object.fromEntries(found.map(([m, i]) => [m, [i.low, i.high]])),
    fit_ms: run.fitMs, predict_us_per_row: run.predictMicros, model_bytes: run.modelBytes, model_hash: run.modelHash, run_id: run.id,
    backend: run.made?.backend ?? null, threads: run.made?.threads ?? null,
  };
}

function bestRun(runs: readonly Run[], metric: string): number {
  const sign = metrics.get(metric).better === 'higher' ? 1 : -1;
  const value = (r: Run) => sign * (r.evaluation?.metrics[metric]?.value ?? -Infinity * sign);
  return runs.reduce((best, r, i) => (value(r) > value(runs[best]) ? i : best), 0);
}

function metricFlag(values: Values, ranking: readonly string[]): string {
  return choiceValue(values, 'metric', ranking, ranking[0]);
}

function paramsFlag(values: Values): Json {
  const text = textValue(values, 'params');
  if (text === null) return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw badFlag('params', text, 'a JSON object');
  }
}

async function readJson(flag: string, path: string): Promise<Json> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Json;
  } catch {
    throw badFlag(flag, path, 'a readable JSON file');
  }
}
