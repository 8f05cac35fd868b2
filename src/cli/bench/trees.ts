// Boosted trees at equal threads: ours against LightGBM, XGBoost, scikit-learn (CatBoost, YDF) and what npm has. Same rows, trees,
// leaves, bins, rate, least rows and L2; every fit in a process of its own with the data in memory; alternating runs, medians.
// Options: --case a,b --threads 1,2 --peers lightgbm --rounds N. Slow peers (12 s and more) run once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metrics } from '../../core/metrics/index.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import type { Door } from '../command.ts';
import { defineBench, type BenchChoice, type BenchResult } from './bench.ts';
import { bandwidth, streamAsChild, type Bandwidth } from './trees-bandwidth.ts';
import { treesCases, type TreesCase } from './trees-cases.ts';
import type { TreesData } from './trees-data.ts';
import { readScores, writeMatrix, type TreesJob } from './trees-folder.ts';
import { againstNpm, fitAsNpm } from './trees-npm.ts';
import { fitAsChild, fitOurs } from './trees-ours.ts';
import { fitInPython, peers, type Fit, type Peer } from './trees-peer.ts';
import { columns, mine, reportTrees, right, type Run } from './trees-report.ts';

/** Milliseconds of a fit; who needs longer, and who is there only to be told, runs once. */
const patience = 12_000;
const once: readonly string[] = ['lightgbm-quantised'];

export const treesBench = defineBench({
  type: 'trees',
  about: 'Boosted trees on one thread and two, five tables: against LightGBM, XGBoost, scikit-learn and npm packages',
  async run(door, choice) {
    const result: BenchResult = { header: columns, right, table: [], rows: [], claims: [], leftOut: [] };
    if ((await fitAsChild(door.print)) || (await streamAsChild(door.print)) || (await fitAsNpm(door.print))) return { ...result, header: [], right: [] };
    const threads = (choice.threads ?? [1, 2]).map((n) => ({ threads: n }));
    const speeds = new Map<number, Bandwidth>();
    for (const each of threads) speeds.set(each.threads, await bandwidth(each.threads));
    for (const each of treesCases) {
      if (choice.cases && !choice.cases.includes(each.key)) continue;
      const data = await each.load(door);
      if (!data) {
        result.leftOut.push(`(${each.key}): ${each.missing}`);
        continue;
      }
      const folder = mkdtempSync(join(tmpdir(), 'barnacle-trees-'));
      try {
        writeMatrix(folder, 'train', data.train);
        writeMatrix(folder, 'test', data.test);
        for (const [n, speed] of speeds) reportTrees({ data, case: each, threads: n, bandwidth: speed, runs: contest(folder, data, each, n, choice, result.leftOut, door) }, result);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    if (!choice.cases || choice.cases.includes('npm')) againstNpm(choice, result, door);
    return result;
  },
});

/** Everyone in turn; who cannot run is named once and left out. */
function contest(folder: string, { name, train, test }: TreesData, { key, rounds }: TreesCase, threads: number, choice: BenchChoice, leftOut: string[], door: Door): Map<string, Run[]> {
  const classes = train.target!.kind === 'class' ? train.target!.classes.length : 0;
  const job: TreesJob = { folder, rows: train.rows, held: test.rows, features: train.features.length, classes, rounds, threads, seed: 1 };
  const all = [{ by: mine, fit: () => fitOurs([job]) }, ...peers.map((by: Peer) => ({ by, fit: () => fitInPython(by, [job]) }))];
  const runs = new Map<string, Run[]>();
  const gone = new Set<string>();
  for (let round = 0; round < (choice.rounds ?? 3); round++) {
    for (const { by, fit } of all) {
      if (gone.has(by) || leftOut.some((line) => line.startsWith(`${by}:`)) || (by !== mine && choice.peers && !choice.peers.includes(by))) continue;
      door.progress(`(${key}) ${name}, ${threads} threads: ${by}, run ${round + 1}`, null);
      const found = fit();
      if (typeof found === 'string') {
        gone.add(by);
        leftOut.push(by === mine ? `ours, (${key}) on ${threads}: ${found}` : `${by}: ${found}`);
        continue;
      }
      const run = { ...(found[0] as Fit), loss: lossOf(test, readScores(folder)) };
      runs.set(by, [...(runs.get(by) ?? []), run]);
      if (by !== mine && by !== 'lightgbm' && (run.ms > patience || once.includes(by))) gone.add(by);
    }
  }
  return runs;
}

/** Log loss of the rows held out: that everyone learned as much. */
function lossOf({ target, rows }: Matrix, values: Float64Array): number {
  if (target?.kind !== 'class') throw new Error('the cases of this benchmark are classes');
  const isBinary = target.classes.length === 2;
  return metrics.get('log-loss').score(target, { task: isBinary ? 'binary' : 'multiclass', classes: target.classes, rows, width: isBinary ? 1 : target.classes.length, values }, null);
}
