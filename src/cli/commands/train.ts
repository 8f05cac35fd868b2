// train FILE --target COL: the whole road from a file to a bundle for one learner or all, with its score and interval.
import { BarnacleError } from '../../core/base/errors.ts';
import type { Json, JsonObject } from '../../core/base/json.ts';
import type { AnyParams } from '../../core/base/params.ts';
import type { Task } from '../../core/base/task.ts';
import { writeBundle } from '../../core/bundle/write-bundle.ts';
import { readers } from '../../core/io/index.ts';
import { learners } from '../../core/learners/index.ts';
import { metrics } from '../../core/metrics/index.ts';
import { rankingMetrics } from '../../core/metrics/ranking-metrics.ts';
import { parseClean } from '../../core/clean/parse-clean.ts';
import { cleanData } from '../../core/pipeline/clean-data.ts';
import { linearReport } from '../../core/pipeline/linear-report.ts';
import { prepare } from '../../core/pipeline/prepare.ts';
import type { RunSpec } from '../../core/pipeline/run-spec.ts';
import { fitHere, run, type FitDoor } from '../../core/pipeline/run.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import type { ColumnProfile } from '../../core/profile/profile.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { parseRecipe } from '../../core/recipe/parse-recipe.ts';
import type { RecipeSpec } from '../../core/recipe/spec.ts';
import { getColumn } from '../../core/table/build.ts';
import { loadServing } from '../../kernels/load-serving.ts';
import { checkCheckpointFlags, checkpointFlags, checkpointFlagsHelp, fromFlag, keepFlag, resumeFlag } from '../checkpoint-flags.ts';
import { defineCommand, type Door, type Values } from '../command.ts';
import { checkWritable, loadTable, readBytes, readFlag, readFlagHelp, warnRejected, writeOut } from '../files.ts';
import { fitPool } from '../fit-pool.ts';
import { nodeKernels, type Backend } from '../kernels.ts';
import { letIn } from '../let-in.ts';
import { linearLines } from '../linear-lines.ts';
import { memoryLines } from '../memory-lines.ts';
import { paramFlags, paramFlagsHelp } from '../param-flags.ts';
import { paramLines } from '../param-lines.ts';
import { atMost } from '../print.ts';
import { bestRun, runSummary, runTable } from '../run-summary.ts';
import { splitFlag } from '../split-flag.ts';
import { badFlag, choiceValue, fileArguments, flagValue, numberValue, requiredText, textValue } from '../values.ts';

export const train = defineCommand({
  name: 'train',
  usage: 'barnacle train FILE --target COL [options]',
  about: 'Train one learner, or all, on a file; score them on held-out rows; keep the best as a bundle',
  flags: [
    ['FILE', `${readers.all.map((r) => r.type).join(', ')}, each also gzipped; a folder of parts; - reads standard input`],
    ['--target COL', 'the column to predict'],
    ['--above X', 'predict whether the target is above X instead of its value'],
    ['--learner NAME', `${learners.all.map((l) => l.type).join(' | ')} | all (gbt)`],
    ...paramFlagsHelp,
    ['--recipe FILE', 'a recipe as JSON instead of the suggested one'],
    readFlagHelp,
    ['--clean FILE', 'cleaning steps as JSON, done before the recipe'],
    ['--split KIND', 'random | stratified | time:COL | group:COL (suggested from the data)'],
    ['--test SHARE', 'share of rows held out for the score (0.2)'],
    ['--valid SHARE', 'share of the rest for early stopping (0.1)'],
    ['--weight COL', 'the number column that says what each row counts for in training and scores: no feature, not needed at prediction'],
    ['--group COL', 'the column that names the query or group of a row: no feature, never torn apart by the split (ranking needs it)'],
    ['--metric NAME', `ranks the models: ${metrics.all.map((m) => m.type).join(', ')}`],
    ['--seed N', 'seed of split, folds and sampling (1)'],
    ['--threads N', 'threads of one fit of trees or a net; with all: learners fitted at once, each in a thread of its own (1)'],
    ['--backend NAME', 'auto | webgpu | wasm | reference (auto)'],
    ['--coefficients', 'show the weights of linear models with their standard errors'],
    ['--save FILE', 'write the best model as a bundle'],
    ...checkpointFlagsHelp,
  ],
  more: () => learners.all.flatMap((l) => (Object.keys(l.params).length ? ['', `parameters of ${l.type} (fallback):`, ...paramLines(l.params as AnyParams)] : [])),
  options: {
    param: { type: 'string', multiple: true },
    coefficients: { type: 'boolean' },
    ...Object.fromEntries(['target', 'above', 'learner', 'params', 'recipe', 'read', 'clean', 'split', 'test', 'valid', 'group', 'weight', 'metric', 'seed', 'threads', 'backend', 'save', ...checkpointFlags].map((name) => [name, { type: 'string' as const }])),
  },
  async run(positionals, values, door) {
    const [file] = fileArguments(positionals, ['FILE'], train.usage);
    const asked = choiceValue(values, 'learner', [...learners.all.map((l) => l.type), 'all'], 'gbt');
    const seed = numberValue(values, 'seed', 1, 0, 2 ** 31 - 1, true);
    const threads = numberValue(values, 'threads', 1, 1, 64, true);
    const backend = choiceValue(values, 'backend', ['auto', 'webgpu', 'wasm', 'reference'] as const, 'auto');
    const above = textValue(values, 'above') === null ? null : numberValue(values, 'above', 0, -Number.MAX_VALUE, Number.MAX_VALUE);
    const types = asked === 'all' ? learners.all.map((l) => l.type) : [asked];
    const params = paramFlags(values, types);
    await checkCheckpointFlags(values, types);
    const from = await fromFlag(values, types);
    const save = textValue(values, 'save');
    if (save !== null) await checkWritable(save);
    const given = from?.recipe.spec ?? (textValue(values, 'recipe') === null ? null : parseRecipe(await readJson('recipe', textValue(values, 'recipe')!)));
    const target = from && textValue(values, 'target') === null ? from.recipe.spec.target : requiredText(values, 'target', 'the name of the column to predict');

    const clean = textValue(values, 'clean') === null ? null : parseClean(await readJson('clean', textValue(values, 'clean')!));
    const { table: read, hash, rejected } = await loadTable(file, door, readFlag(values));
    warnRejected(rejected, file, door);
    const { table } = cleanData(clean ? { clean } : {}, read);
    if (!table.rows) throw new BarnacleError('no-rows', `file "${file}" holds column names and no rows; there is nothing to learn from`, { what: 'table' });
    getColumn(table, target);
    const context = { ...letIn(), now: () => performance.now(), report: (p: { text: string; done: number | null }) => door.progress(p.text, p.done) };
    const profile = await profileTable(table, context);
    const suggestion = suggest(profile, target, above);
    const group = textValue(values, 'group');
    if (group !== null) getColumn(table, group);
    const truth = profile.columns.find((column) => column.name === target);
    const recipe = withWeight(withGroup(given ?? suggestion.recipe, group, given === null && truth?.kind === 'number'), textValue(values, 'weight'));
    if (recipe.weight !== undefined) getColumn(table, recipe.weight);
    if (recipe.target !== target) throw badFlag('target', target, `"${recipe.target}", the target of the recipe`);
    const split = splitFlag(values, recipe.group === undefined ? suggestion.split : { ...suggestion.split, kind: 'group', column: recipe.group });
    const ranking = [...(recipe.group !== undefined && recipe.task === 'regression' && isGrade(truth) ? ['ndcg-10'] : []), ...rankingMetrics(recipe.task)];
    const first = metricFlag(values, recipe.task, ranking);
    const suited = asked === 'all' ? types.filter((type) => learners.get(type).tasks.includes(recipe.task)) : types;
    const specs = suited.map((type): RunSpec => ({ data: hash, ...(clean ? { clean } : {}), recipe, split, learner: { type, params }, metrics: [first, ...ranking.filter((m) => m !== first)], seed, ...(from ? { from: from.id } : {}) }));
    const resume = await resumeFlag(values, specs[0]);
    const prepared = await prepare(specs[0], read, context, undefined, from);
    const isPooled = threads > 1 && specs.length > 1;
    const fit = isPooled ? fitPool(threads, backend) : await fitOnThisThread(backend, threads, door);
    const { keep, end } = keepFlag(values, specs[0], door);
    if (!flagValue(values, 'json')) for (const line of memoryLines(specs, prepared, isPooled ? 1 : threads)) door.print(line);
    const one = async (spec: RunSpec) => {
      const result = await run(spec, read, { ...context, clock: () => Date.now(), fit, prepared, resamples: 200, resume, keep, from, serving: backend === 'reference' ? null : await loadServing() });
      return { run: result.run, file: writeBundle(result.bundle), linear: flagValue(values, 'coefficients') ? linearReport(result.bundle) : null };
    };
    const results = await (isPooled ? Promise.all(specs.map(one)) : inTurn(specs, one)).finally(end);
    door.endProgress();

    const best = bestRun(results.map((r) => r.run), first);
    if (save !== null) await writeOut(save, results[best].file);
    const runs = results.map((r) => r.run);
    const summaries = results.map(({ run: each, linear }) => ({ ...(runSummary(each, table.rows, table.columns.length) as JsonObject), ...(linear ? { coefficients: linear } : {}) }));
    if (flagValue(values, 'json')) return door.print(JSON.stringify(asked === 'all' ? summaries : summaries[0]));
    const reasons = textValue(values, 'split') === null ? suggestion.reasons : suggestion.reasons.slice(0, -1);
    if (!given) for (const line of atMost(16, reasons)) door.print(line);
    door.print(runTable(runs, specs[0].metrics.slice(0, 4)));
    for (const { linear } of results) if (linear) for (const line of linearLines(linear)) door.print(line);
    if (save !== null) door.print(`${results[best].run.spec.learner.type} saved to ${save}`);
  },
});

/** Fits on this thread; says so when the backend that was asked for is not the one that fits. */
async function fitOnThisThread(backend: Backend, threads: number, door: Door): Promise<FitDoor> {
  const { kernels, made, reasons } = await nodeKernels(backend, threads);
  if (threads > 1) for (const reason of reasons()) if (reason.startsWith('trees: threads')) door.warn(`trees grow on one thread: ${reason.slice('trees: threads: '.length)}`);
  const fit = fitHere(kernels, made);
  return async (job, context) => {
    const fitted = await fit(job, context);
    const used = fitted.made.backend;
    if (backend !== 'auto' && used !== backend && used !== 'core') door.warn(`${job.learner} was fitted on ${used}, not on ${backend}${reasons().length ? `: ${reasons().join('; ')}` : ''}`);
    return fitted;
  };
}

async function inTurn<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

function metricFlag(values: Values, task: Task, ranking: readonly string[]): string {
  const special = metrics.all.filter((metric) => metric.special && metric.tasks.includes(task) && !ranking.includes(metric.type)).map((metric) => metric.type);
  return choiceValue(values, 'metric', [...ranking, ...special], ranking[0]);
}

/** Whole numbers from 0 to 30, as rankings are graded. */
const isGrade = (column: ColumnProfile | undefined): boolean => column?.number?.integers === true && column.number.min >= 0 && column.number.max <= 30;

/** A weight is no feature: no step takes it. */
function withWeight(recipe: RecipeSpec, weight: string | null): RecipeSpec {
  if (weight === null) return recipe;
  if (weight === recipe.target || weight === recipe.group) throw badFlag('weight', weight, 'another column than the target and the group');
  return { ...recipe, drop: recipe.drop.filter((name) => name !== weight), weight };
}

/** Numbers in groups are grades or amounts, where a suggestion without groups would take few of them for classes. */
function withGroup(recipe: RecipeSpec, group: string | null, isNumber: boolean): RecipeSpec {
  if (group === null) return recipe;
  if (group === recipe.target) throw badFlag('group', group, 'another column than the target');
  const drop = recipe.drop.filter((name) => name !== group);
  return isNumber && recipe.above === null ? { ...recipe, task: 'regression', positive: null, drop, group } : { ...recipe, drop, group };
}

function parseJson(flag: string, text: string, expected: string, shown = text): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw badFlag(flag, shown, expected);
  }
}

const readJson = async (flag: string, path: string): Promise<Json> => parseJson(flag, new TextDecoder().decode(await readBytes(path)), 'a file that holds JSON', path);
