// Is our default net as good as the nets that others have? Real tables with the splits of published work, the matrices that our
// recipe makes handed to everyone as they are: our default net, our trees, scikit-learn's MLP, pytabkit's RealMLP where it can be
// imported; published figures beside them. Options: --case FILE,FILE --peers sklearn --rounds N (N x 2 or 4 splits) --threads N.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaults } from '../../core/base/params.ts';
import { quiet } from '../../core/base/task.ts';
import { gbt } from '../../core/learners/gbt/gbt.ts';
import type { Kernels, Learner } from '../../core/learners/learner.ts';
import { mlp } from '../../core/learners/mlp/mlp.ts';
import { predictModel } from '../../core/models/predict-model.ts';
import type { Matrix, Target } from '../../core/table/matrix.ts';
import type { Door } from '../command.ts';
import { nodeKernels } from '../kernels.ts';
import { defineBench, type BenchChoice, type BenchResult } from './bench.ts';
import { foldsOf, type NetFold } from './net-quality-data.ts';
import { fitNetInPython, netPeers, type NetJob } from './net-quality-peer.ts';
import { claimNets, netQualityColumns, netQualityRight, reportNets, type NetScores } from './net-quality-report.ts';
import { scoreSet } from './net-quality-score.ts';
import { netSets, type NetSet } from './net-quality-sets.ts';
import { readScores, writeMatrix } from './trees-folder.ts';

export const netQuality = defineBench({
  type: 'net-quality',
  about: 'Our default net on real tables with published splits: against our trees, scikit-learn\'s MLP, RealMLP and published figures',
  async run(door, choice) {
    const result: BenchResult = { header: netQualityColumns, right: netQualityRight, table: [], rows: [], claims: [], leftOut: [] };
    const root = join(process.env.BARNACLE_ROOT ?? '.', '../shared/data');
    const { kernels, end } = await nodeKernels('wasm', choice.threads?.[0] ?? 1);
    const found: NetScores[] = [];
    for (const set of netSets) {
      if (choice.cases && !choice.cases.some((name) => set.file.startsWith(name))) continue;
      if (!existsSync(join(root, set.file))) {
        result.leftOut.push(`${set.file}: not in shared/data`);
        continue;
      }
      const scores = await measure(set, root, choice, kernels, result.leftOut, door);
      found.push(scores);
      reportNets(scores, result);
    }
    end();
    claimNets(found, result);
    return result;
  },
});

async function measure(set: NetSet, root: string, choice: BenchChoice, kernels: Kernels, leftOut: string[], door: Door): Promise<NetScores> {
  const folds = await foldsOf(set, root, choice.rounds ?? 1, door);
  const by: { [who: string]: { scores: number[]; seconds: number[] } } = {};
  for (const [who, learner] of [['net', mlp], ['trees', gbt]] as const) {
    by[who] = { scores: [], seconds: [] };
    for (const [i, fold] of folds.entries()) {
      door.progress(`${set.file}: ${who}, split ${i + 1} of ${folds.length}`, null);
      const began = performance.now();
      const model = await (learner as Learner).fit(fold.train, defaults(learner.params as never), { ...quiet, seed: 1, valid: fold.valid, kernels });
      by[who].seconds.push((performance.now() - began) / 1000);
      by[who].scores.push(scoreSet(set, fold.test.target!, predictModel(model, fold.test).values));
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'barnacle-nets-'));
  try {
    const jobs = folds.map((fold, i) => writeFold(fold, join(folder, String(i)), choice.threads?.[0] ?? 1));
    for (const peer of netPeers) {
      if (leftOut.some((line) => line.startsWith(`${peer}:`)) || (choice.peers && !choice.peers.includes(peer))) continue;
      door.progress(`${set.file}: ${peer}`, null);
      const fits = fitNetInPython(peer, jobs);
      if (typeof fits === 'string') leftOut.push(`${peer}: ${fits}`);
      else by[peer] = { scores: folds.map(({ test }, i) => scoreSet(set, test.target!, readScores(jobs[i].folder))), seconds: fits.map(({ ms }) => ms / 1000) };
    }
    return { set, rows: folds[0].train.rows + folds[0].valid.rows, by };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFold({ train, valid, test }: NetFold, folder: string, threads: number): NetJob {
  mkdirSync(folder);
  writeMatrix(folder, 'train', joined(train, valid));
  writeMatrix(folder, 'test', test);
  return { folder, rows: train.rows + valid.rows, valid: valid.rows, held: test.rows, features: train.features.length, classes: train.target!.kind === 'class' ? train.target!.classes.length : 0, rounds: 0, threads, seed: 1 };
}

/** The rows of the one, then those of the other. */
function joined(a: Matrix, b: Matrix): Matrix {
  const data = a.data.map((column, f) => { const all = new Float32Array(a.rows + b.rows); all.set(column); all.set(b.data[f], a.rows); return all; });
  const [one, two] = [a.target!, b.target!];
  const target: Target = one.kind === 'class' && two.kind === 'class' ? { ...one, codes: Int32Array.of(...one.codes, ...two.codes) } : { kind: 'value', values: Float64Array.of(...(one as { values: Float64Array }).values, ...(two as { values: Float64Array }).values) };
  return { ...a, rows: a.rows + b.rows, data, target };
}
