// debug FILE --target COL --learner NAME: the debugging tools on what train would fit: each passes, warns or fails, in words.
import type { Json } from '../../core/base/json.ts';
import type { DebugFinding, DebugVerdict } from '../../core/debug/debug.ts';
import { debugTools } from '../../core/debug/index.ts';
import { learners } from '../../core/learners/index.ts';
import { metrics } from '../../core/metrics/index.ts';
import { rankingMetrics } from '../../core/metrics/ranking-metrics.ts';
import { debugRun, toolsFor } from '../../core/pipeline/debug-run.ts';
import type { RunSpec } from '../../core/pipeline/run-spec.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { parseRecipe } from '../../core/recipe/parse-recipe.ts';
import { getColumn } from '../../core/table/build.ts';
import { loadServing } from '../../kernels/load-serving.ts';
import { defineCommand, type Values } from '../command.ts';
import { loadTable, readBytes, readFlag, readFlagHelp, warnRejected } from '../files.ts';
import { nodeKernels } from '../kernels.ts';
import { letIn } from '../let-in.ts';
import { paramFlags, paramFlagsHelp } from '../param-flags.ts';
import { textTable, wrapText } from '../print.ts';
import { splitFlag } from '../split-flag.ts';
import { badFlag, choiceValue, fileArguments, flagValue, numberValue, requiredText, textValue } from '../values.ts';

export const debug = defineCommand({
  name: 'debug',
  usage: 'barnacle debug FILE --target COL [--learner NAME] [options]',
  about: 'Find out why a learner does not learn, or learns what it should not',
  flags: [
    ['FILE', 'a table, as train reads it; - reads standard input'],
    ['--target COL', 'the column to predict'],
    ['--above X', 'predict whether the target is above X instead of its value'],
    ['--learner NAME', `${learners.all.map((l) => l.type).join(' | ')} (mlp)`],
    ...paramFlagsHelp,
    ['--tests NAMES', `some of ${debugTools.all.map((t) => t.type).join(', ')}, with commas between (all that suit the learner)`],
    ['--rows N', 'training rows that the tools use at most (10000)'],
    ['--recipe FILE', 'a recipe as JSON instead of the suggested one'],
    readFlagHelp,
    ['--split KIND', 'random | stratified | time:COL | group:COL (suggested from the data)'],
    ['--metric NAME', 'what the model is scored with (ROC AUC, log loss or RMSE by the task)'],
    ['--seed N', 'seed of split, start and samples (1)'],
    ['--threads N', 'threads of one fit (1)'],
    ['--backend NAME', 'auto | webgpu | wasm | reference (auto)'],
    ['--json', 'the report as one JSON object'],
  ],
  more: () => ['', 'tests:', ...debugTools.all.flatMap((tool) => [`  ${tool.type}${tool.suits === 'nets' ? ' (nets)' : ''}`, ...wrapText(tool.help, 96).map((line) => `      ${line}`)])],
  options: {
    param: { type: 'string', multiple: true },
    ...Object.fromEntries(['target', 'above', 'learner', 'params', 'tests', 'rows', 'recipe', 'read', 'split', 'test', 'valid', 'metric', 'seed', 'threads', 'backend'].map((name) => [name, { type: 'string' as const }])),
  },
  async run(positionals, values, door) {
    const [file] = fileArguments(positionals, ['FILE'], debug.usage);
    const type = choiceValue(values, 'learner', learners.all.map((l) => l.type), 'mlp');
    const tools = testsFlag(values, type);
    const seed = numberValue(values, 'seed', 1, 0, 2 ** 31 - 1, true);
    const most = numberValue(values, 'rows', 10_000, 100, 10_000_000, true);
    const threads = numberValue(values, 'threads', 1, 1, 64, true);
    const backend = choiceValue(values, 'backend', ['auto', 'webgpu', 'wasm', 'reference'] as const, 'auto');
    const above = textValue(values, 'above') === null ? null : numberValue(values, 'above', 0, -Number.MAX_VALUE, Number.MAX_VALUE);
    const params = paramFlags(values, [type]);
    const target = requiredText(values, 'target', 'the name of the column to predict');
    const recipeFile = textValue(values, 'recipe');
    const given = recipeFile === null ? null : parseRecipe(await readJson(recipeFile));

    const { table, hash, rejected } = await loadTable(file, door, readFlag(values));
    warnRejected(rejected, file, door);
    getColumn(table, target);
    const context = { ...letIn(), now: () => performance.now(), report: (p: { text: string; done: number | null }) => door.progress(p.text, p.done) };
    const suggestion = suggest(await profileTable(table, context), target, above);
    const recipe = given ?? suggestion.recipe;
    if (recipe.target !== target) throw badFlag('target', target, `"${recipe.target}", the target of the recipe`);
    const special = metrics.all.filter((m) => m.special && m.tasks.includes(recipe.task)).map((m) => m.type);
    const ranking = rankingMetrics(recipe.task);
    const metric = choiceValue(values, 'metric', [...ranking, ...special], ranking[0]);
    const spec: RunSpec = { data: hash, recipe, split: splitFlag(values, suggestion.split), learner: { type, params }, metrics: [metric], seed };
    const { kernels } = await nodeKernels(backend, threads);
    const isJson = flagValue(values, 'json');
    const started = performance.now();
    const report = await debugRun(spec, table, { ...context, kernels, serving: backend === 'reference' ? null : await loadServing() }, {
      tools,
      most,
      each(finding) {
        door.endProgress();
        if (!isJson) for (const line of findingLines(finding)) door.print(line);
      },
    });
    door.endProgress();
    if (isJson) return door.print(JSON.stringify({ ...report, ms: Math.round(performance.now() - started) }));
    const counts = (['fail', 'warn', 'pass', 'skipped'] as const).map((verdict) => [verdict, report.findings.filter((f) => f.verdict === verdict).length] as const).filter(([, n]) => n > 0);
    door.print(`${learners.get(type).label} on ${report.rows < report.trainRows ? `${report.rows} of ` : ''}${report.trainRows} training rows: ${counts.map(([verdict, n]) => `${n} ${verdict}`).join(', ')}`);
  },
});

function testsFlag(values: Values, type: string): string[] {
  const text = textValue(values, 'tests');
  if (text === null) return toolsFor(type);
  const names = text.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const wrong = names.find((name) => !debugTools.has(name));
  if (wrong !== undefined || names.length === 0) throw badFlag('tests', text, `names of ${debugTools.all.map((tool) => tool.type).join(', ')} with commas between`);
  return names;
}

const readJson = async (path: string): Promise<Json> => {
  try {
    return JSON.parse(new TextDecoder().decode(await readBytes(path))) as Json;
  } catch (cause) {
    if (cause instanceof SyntaxError) throw badFlag('recipe', path, 'a file of JSON');
    throw cause;
  }
};

const marks: { readonly [verdict in DebugVerdict]: string } = { pass: 'pass', warn: 'WARN', fail: 'FAIL', skipped: 'skip' };

/** A finding as a person reads it: the verdict, what was found, what it means, its figures. */
function findingLines({ label, verdict, headline, explanation, figures }: DebugFinding): string[] {
  const shown = figures.length > 16 ? figures.slice(0, 16) : figures;
  const cell = (value: number | string | null): string => (value === null ? '-' : typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4))));
  const table = shown.length ? textTable(['', ''], shown.map((f) => [`  ${f.label}`, cell(f.value)]), [false, true]).split('\n').slice(1).map((line) => `    ${line}`) : [];
  return [`${marks[verdict]}  ${label}: ${headline}`, ...wrapText(explanation, 110).map((line) => `      ${line}`), ...table, ...(figures.length > shown.length ? [`      ... and ${figures.length - shown.length} more (--json)`] : []), ''];
}
