// Ours in a process of its own, under the conditions of the peers: the columns are in memory before the clock starts, binning
// is inside it, CPU time counts every thread, and memory is the most held during the fit beyond what was held before.
// The child is this very benchmark with its task in the environment.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { defaults } from '../../core/base/params.ts';
import { quiet } from '../../core/base/task.ts';
import { predictModel } from '../../core/models/predict-model.ts';
import { gbt, onlyTrees, treeKernels } from './tree-kernels.ts';
import { readMatrix, writeScores, type TreesJob } from './trees-folder.ts';
import type { Fit } from './trees-peer.ts';

const variable = 'BARNACLE_BENCH_TREES';
/** Parameters of our learner beside those that every contestant shares. */
export type OurJob = TreesJob & { params?: { [name: string]: number | string | boolean } };

/** The settings of every contestant, in our words. */
export const shared = { learningRate: 0.1, leaves: 31, minLeafRows: 20, l2: 1, bins: 255, columns: 1, rows: 1, patience: 0 };

/** What this process is asked to do as a child, done and printed; false in the parent. */
export async function fitAsChild(print: (line: string) => void): Promise<boolean> {
  const asked = process.env[variable];
  if (!asked) return false;
  const fits: Fit[] = [];
  for (const job of JSON.parse(asked) as OurJob[]) fits.push(await fit(job));
  print(JSON.stringify(fits));
  return true;
}

/** The fits of one child, or why there are none. */
export function fitOurs(jobs: readonly OurJob[], bench = 'trees'): Fit[] | string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [process.argv[1], 'bench', bench], { encoding: 'utf8', timeout: 900_000, maxBuffer: 2 ** 26, env: { ...process.env, [variable]: JSON.stringify(jobs) } });
  const answer = stdout.trim().split('\n').find((line) => line.startsWith('['));
  if (status !== 0 || !answer) return stderr.trim().split('\n').at(-1) || 'failed';
  return JSON.parse(answer) as Fit[];
}

async function fit(job: OurJob): Promise<Fit> {
  const trees = await treeKernels(job.threads);
  const data = readMatrix('train', job);
  const params = { ...defaults(gbt.params), ...shared, minLeafRows: job.leastRows ?? 20, ...job.params, trees: job.rounds };
  const sees = forgetPeak();
  const before = statusOf('VmRSS');
  const cpu = process.cpuUsage();
  const start = performance.now();
  const model = await gbt.fit(data, params, { ...quiet, seed: job.seed, valid: null, kernels: onlyTrees(trees) });
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const peak = statusOf('VmHWM');
  writeScores(job.folder, predictModel(model, readMatrix('test', job)).values);
  return { ms, cpuMs: (user + system) / 1000, extraBytes: sees && peak && before ? peak - before : null, version: trees.backend };
}

/** Bytes of an entry of /proc/self/status; null where there is none. */
export function statusOf(key: string): number | null {
  const text = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = new RegExp(`^${key}:\\s*(\\d+) kB`, 'm').exec(text)?.[1];
  return kilobytes ? Number(kilobytes) * 1024 : null;
}

/** From here on the peak is that of what follows; false where the system cannot forget it. */
export function forgetPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return true;
  } catch {
    return false;
  }
}
