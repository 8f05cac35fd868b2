// Training nets at equal threads: rows a second of ours against stock tfjs (on each backend, in Node and in a tab), PyTorch and
// scikit-learn, for the plain net of the issue and the learner's default; and how near the products come to the machine's
// multiply-add limit, measured in the same process. Every run in a process (or worker) of its own with the rows in memory.
// Options: --case plain,default --threads 1,2 --peers torch,sklearn,tfjs-wasm,tfjs-cpu,tab --rounds N.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Door } from '../command.ts';
import { defineBench, type BenchChoice, type BenchResult } from './bench.ts';
import { netsCases, type NetsCase } from './nets-cases.ts';
import { trainInTab } from './nets-chromium.ts';
import { writeArrays } from './nets-folder.ts';
import { trainAsChild, trainInNode } from './nets-node.ts';
import { pythonPeers, trainInPython } from './nets-peer.ts';
import { columns, isOurs, mine, reportNets, right, type Runs } from './nets-report.ts';
import { jobOf, makeRows, makeWeights } from './nets-rows.ts';

const ROWS = 100_000;
const MS = 2500;
const inNode: readonly string[] = [mine, 'ours, plain SIMD', 'tfjs-wasm', 'tfjs-cpu'];
/** What has no threads in Node, and what is slow enough that one round tells all. */
const alone: readonly string[] = ['tfjs-wasm', 'tfjs-cpu'];
const once: readonly string[] = ['tfjs-cpu'];
const inTab: readonly string[] = [mine, 'tfjs-wasm', 'tfjs-webgpu', 'ours-webgpu'];

export const netsBench = defineBench({
  type: 'nets',
  about: 'Training nets on one thread and two: rows a second against stock tfjs, PyTorch and scikit-learn, and the multiply-add limit',
  async run(door, choice) {
    const result: BenchResult = { header: columns, right, table: [], rows: [], claims: [], leftOut: [] };
    if (await trainAsChild(door.print)) return { ...result, header: [], right: [] };
    const cases = netsCases().filter(({ key }) => !choice.cases || choice.cases.includes(key));
    const threads = choice.threads ?? [1, 2];
    const folder = mkdtempSync(join(tmpdir(), 'barnacle-nets-'));
    try {
      writeArrays(folder, makeRows(ROWS));
      for (const each of cases) {
        writeArrays(folder, { weights: makeWeights(each.net) });
        for (const n of threads) reportNets({ case: each, where: 'Node, Python', threads: n, runs: contest(folder, each, n, choice, result.leftOut, door) }, result);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    if (!choice.peers || choice.peers.includes('tab')) await tabContest(cases, threads, choice, result, door);
    return result;
  },
});

/** Everyone in turn; who cannot run is named once and left out. */
function contest(folder: string, each: NetsCase, threads: number, choice: BenchChoice, leftOut: string[], door: Door): Runs {
  const runs: Runs = new Map();
  const everyone = [...inNode, ...pythonPeers].filter((by) => (isOurs(by) || !choice.peers || choice.peers.includes(by)) && (threads === 1 || !alone.includes(by)));
  for (let round = 0; round < (choice.rounds ?? 3); round++) {
    for (const by of everyone) {
      if (leftOut.some((line) => line.startsWith(`${by} (${each.key})`)) || (round > 0 && once.includes(by))) continue;
      door.progress(`(${each.key}), ${threads} threads: ${by}, run ${round + 1}`, null);
      const job = jobOf(by, each, threads, ROWS, MS);
      const found = inNode.includes(by) ? trainInNode(job, folder) : trainInPython(job, folder);
      if (typeof found === 'string') leftOut.push(`${by} (${each.key}) on ${threads}: ${found}`);
      else runs.set(by, [...(runs.get(by) ?? []), found]);
    }
  }
  return runs;
}

/** The GPU's are asked once: the software adapter says nothing of speed, only that all of it runs. */
async function tabContest(cases: readonly NetsCase[], threads: readonly number[], choice: BenchChoice, result: BenchResult, door: Door): Promise<void> {
  const isGpu = (by: string): boolean => by.endsWith('webgpu');
  const rounds = Array.from({ length: choice.rounds ?? 3 }, (_, round) => round);
  const asks = cases.flatMap(({ key }) => threads.flatMap((n) => rounds.flatMap((round) => inTab.flatMap((by) => (isGpu(by) && (n > 1 || round > 0) ? [] : [{ key, by, threads: n, rows: ROWS, ms: MS }])))));
  const found = await trainInTab(asks, ({ key, by, threads: n }) => door.progress(`tab, (${key}), ${n} threads: ${by}`, null));
  if (typeof found === 'string') return void result.leftOut.push(`tab: ${found}`);
  for (const each of cases) {
    for (const n of threads) {
      const runs: Runs = new Map();
      asks.forEach((ask, i) => {
        if (ask.key !== each.key || ask.threads !== n) return;
        const run = found[i];
        if (typeof run !== 'string') runs.set(ask.by, [...(runs.get(ask.by) ?? []), run]);
        else if (!result.leftOut.some((line) => line.startsWith(`tab: ${ask.by} (${each.key}) on ${n}`))) result.leftOut.push(`tab: ${ask.by} (${each.key}) on ${n}: ${run}`);
      });
      reportNets({ case: each, where: 'Chromium', threads: n, runs }, result);
    }
  }
}
