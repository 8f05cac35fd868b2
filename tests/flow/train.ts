// The road from a table to a run in Node, as the doors take it: profile, suggest, run.
import { quiet, type Versions } from '../../src/core/base/task.ts';
import { rankingMetrics } from '../../src/core/metrics/ranking-metrics.ts';
import type { RunSpec } from '../../src/core/pipeline/run-spec.ts';
import { fitHere, run, type RunResult } from '../../src/core/pipeline/run.ts';
import { suggest } from '../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../src/core/profile/profile-table.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';
import type { Table } from '../../src/core/table/table.ts';
import { selectKernels } from '../../src/kernels/select.ts';

const made = async (): Promise<Versions> => ({ barnacle: '0', kernels: '0', backend: 'test', threads: 1, extra: {} });

export async function train(table: Table, target: string, learner: string, own: { above?: number | null; split?: RunSpec['split'] } = {}): Promise<RunResult> {
  const { recipe, split } = suggest(await profileTable(table, quiet), target, own.above ?? null);
  const spec: RunSpec = { data: hashTable(table), recipe, split: own.split ?? split, learner: { type: learner, params: {} }, metrics: rankingMetrics(recipe.task), seed: 1 };
  const { kernels } = await selectKernels();
  return run(spec, table, { ...quiet, clock: () => 0, fit: fitHere(kernels, made), prepared: null, resamples: 40 });
}
