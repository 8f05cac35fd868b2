// A Run as the CLI shows it: the JSON object of `train --json`, a row of its table, and which of several runs is best.
import type { Json } from '../core/base/json.ts';
import { metrics } from '../core/metrics/index.ts';
import type { Run } from '../core/pipeline/run-spec.ts';
import { bytesText, digits, msText, textTable } from './print.ts';
import { splitText } from './split-flag.ts';

/** `rows` and `columns` are the file's. Times in milliseconds and microseconds, intervals as [low, high] at 95 %. */
export function runSummary(run: Run, rows: number, columns: number): Json {
  const found = Object.entries(run.evaluation?.metrics ?? {});
  return {
    rows, columns, task: run.spec.recipe.task, split: splitText(run.spec.split), learner: run.spec.learner.type,
    metrics: Object.fromEntries(found.map(([m, i]) => [m, i.value])),
    intervals: Object.fromEntries(found.map(([m, i]) => [m, [i.low, i.high]])),
    fit_ms: run.fitMs, predict_us_per_row: run.predictMicros, model_bytes: run.modelBytes, model_hash: run.modelHash, run_id: run.id,
    backend: run.made?.backend ?? null, threads: run.made?.threads ?? null,
    ...(run.resumed === undefined ? {} : { resumed: run.resumed }),
  };
}

/** One line per run: its learner, the metrics with their intervals, time and size. */
export function runTable(runs: readonly Run[], shown: readonly string[]): string {
  const rows = runs.map((r) => [r.spec.learner.type, ...shown.map((m) => interval(r, m)), msText(r.fitMs ?? 0), `${digits(r.predictMicros, 2)} µs`, bytesText(r.modelBytes ?? 0)]);
  return textTable(['learner', ...shown.map((m) => metrics.get(m).label), 'fit', 'per row', 'size'], rows, [false, ...shown.map(() => true), true, true, true]);
}

/** Index of the run that the metric ranks first; a run without that score is never first. */
export function bestRun(runs: readonly Run[], metric: string): number {
  const sign = metrics.get(metric).better === 'higher' ? 1 : -1;
  const value = (r: Run) => sign * (r.evaluation?.metrics[metric]?.value ?? -Infinity * sign);
  return runs.reduce((best, r, i) => (value(r) > value(runs[best]) ? i : best), 0);
}

function interval(run: Run, metric: string): string {
  const found = run.evaluation?.metrics[metric];
  return found ? `${digits(found.value)} [${digits(found.low)}, ${digits(found.high)}]` : '-';
}
