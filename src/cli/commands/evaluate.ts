// evaluate BUNDLE FILE: a saved model's score on rows that carry the truth, with intervals.
import { quiet } from '../../core/base/task.ts';
import { evaluate as evaluatePrediction } from '../../core/evaluate/evaluate.ts';
import { metrics } from '../../core/metrics/index.ts';
import { rankingMetrics } from '../../core/metrics/ranking-metrics.ts';
import { scoredTable } from '../../core/pipeline/scored-table.ts';
import { loadServing } from '../../kernels/load-serving.ts';
import { loadBundle } from '../bundles.ts';
import { defineCommand } from '../command.ts';
import { loadTable, warnRejected } from '../files.ts';
import { count, digits, textTable } from '../print.ts';
import { fileArguments, flagValue } from '../values.ts';

export const evaluate = defineCommand({
  name: 'evaluate',
  usage: 'barnacle evaluate BUNDLE FILE [--json]',
  about: 'Score a saved bundle on a file that carries the truth',
  flags: [['BUNDLE', 'a file that train --save wrote'], ['FILE', 'rows with the columns of training and the target; - reads standard input']],
  options: {},
  async run(positionals, values, door) {
    const [file, data] = fileArguments(positionals, ['BUNDLE', 'FILE'], evaluate.usage);
    const { bundle, spec } = await loadBundle(file);
    const { table, rejected } = await loadTable(data, door);
    warnRejected(rejected, data, door);
    const { prediction, target, groups, weight, rows, breaches } = scoredTable(bundle, table, await loadServing());
    const trained = Object.keys((bundle.evaluation as { metrics?: object } | null)?.metrics ?? {}).filter((type) => metrics.has(type));
    const ranking = [...new Set([...rankingMetrics(bundle.recipe.spec.task), ...trained])];
    const evaluation = await evaluatePrediction(prediction, target, weight, { metrics: ranking, groups, seed: spec.seed ?? 1, resamples: 200 }, quiet);
    if (flagValue(values, 'json')) return door.print(JSON.stringify({ rows: table.rows, scored: rows, breaches: breaches.length, metrics: evaluation.metrics, confusion: evaluation.confusion }));
    door.print(`${rows} of ${table.rows} rows carry the target "${bundle.recipe.spec.target}"; ${count(breaches.length, 'breach')} of the contract`);
    const lines = ranking.filter((type) => evaluation.metrics[type]).map((type) => [metrics.get(type).label, digits(evaluation.metrics[type].value), `${digits(evaluation.metrics[type].low)} to ${digits(evaluation.metrics[type].high)}`]);
    door.print(textTable(['metric', 'value', '95 % interval'], lines, [false, true, false]));
  },
});
