// The main job on Flights, 3 million rows: opened, profiled and trained, in Node on one thread and in the built app in
// Chromium; time of each stage, longest task on the page's main thread, and memory of the tab's process.
// Peers (pandas + LightGBM) run on the same file where Python has them; else they are named as left out.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { quiet } from '../../core/base/task.ts';
import { prepare } from '../../core/pipeline/prepare.ts';
import type { RunSpec } from '../../core/pipeline/run-spec.ts';
import { fitHere, run } from '../../core/pipeline/run.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import type { Door } from '../command.ts';
import { loadTable } from '../files.ts';
import { nodeKernels } from '../kernels.ts';
import { digits, msText } from '../print.ts';
import { defineBench, type BenchResult, type Claim } from './bench.ts';
import { lateFlightsInPython } from './main-job-peer.ts';
import { lateFlightsInTab } from './main-job-tab.ts';

type Stage = { where: string; stage: string; ms: number; note: string };

export const mainJob = defineBench({
  type: 'main-job',
  about: 'Flights, 3 million rows: open, profile, train; in Node, in a tab, and in Python where it has LightGBM',
  async run(door) {
    const file = join(process.env.BARNACLE_ROOT ?? '.', 'node_modules/vega-datasets/data/flights-3m.parquet');
    if (!existsSync(file)) throw new Error('vega-datasets is not installed');
    const stages = await inNode(file, door);
    const leftOut: string[] = [];
    const claims: Claim[] = [];
    const tab = await lateFlightsInTab(door);
    if (typeof tab === 'string') leftOut.push(`Chromium: ${tab}`);
    else {
      stages.push(...tab.stages.map((s) => ({ where: 'tab', ...s })));
      claims.push(
        { claim: 'longest main-thread task while Flights is opened, profiled and trained, ms', measured: Math.round(tab.longestTaskMs), bar: '< 100', holds: tab.longestTaskMs < 100 },
        { claim: 'peak memory of the tab (all its threads), GB', measured: Number((tab.peakBytes / 1e9).toFixed(2)), bar: '< 3', holds: tab.peakBytes < 3e9 },
      );
    }
    const peer = await lateFlightsInPython(file);
    if (typeof peer === 'string') leftOut.push(`pandas and LightGBM: ${peer}`);
    else stages.push(...peer.map((s) => ({ where: 'python', ...s })));
    return { header: ['where', 'stage', 'time', ''], right: [false, false, true, false], table: stages.map((s) => [s.where, s.stage, msText(s.ms), s.note]), rows: stages, claims, leftOut } satisfies BenchResult;
  },
});

async function inNode(file: string, door: Door): Promise<Stage[]> {
  const stages: Stage[] = [];
  const timed = async <T>(stage: string, work: () => Promise<T>, note: (result: T) => string = () => ''): Promise<T> => {
    door.progress(`node: ${stage}`, null);
    const start = performance.now();
    const result = await work();
    stages.push({ where: 'node', stage, ms: performance.now() - start, note: note(result) });
    return result;
  };
  const { table, hash } = await timed('open (read and hash)', () => loadTable(file, door), (r) => `${r.table.rows} rows`);
  const profile = await timed('profile', () => profileTable(table, quiet));
  const { recipe, split } = suggest(profile, 'delay', 15);
  const { kernels, made } = await nodeKernels('auto');
  const spec = (type: string): RunSpec => ({ data: hash, recipe, split, learner: { type, params: {} }, metrics: ['roc-auc', 'log-loss'], seed: 1 });
  const context = { ...quiet, now: () => performance.now() };
  const prepared = await timed('split, recipe, matrices', () => prepare(spec('gbt'), table, context), (p) => `${p.train.rows} x ${p.train.features.length} to train`);
  for (const type of ['baseline', 'linear', 'gbt']) {
    await timed(`train and evaluate ${type}`, () => run(spec(type), table, { ...context, clock: () => Date.now(), fit: fitHere(kernels, made), prepared, resamples: 200 }), ({ run: r }) => `ROC AUC ${digits(r.evaluation!.metrics['roc-auc'].value)}, fit ${msText(r.fitMs!)}`);
  }
  stages.push({ where: 'node', stage: 'peak memory', ms: 0, note: `${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB` });
  return stages;
}
