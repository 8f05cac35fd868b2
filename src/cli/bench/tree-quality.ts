// Are our trees as good as theirs? Five fixed folds of real tables, the matrices that our recipes make handed to everyone as they
// are, equal parameters (200 rounds, 31 leaves, rate 0.1, 20 rows, L2 1, 255 bins, no sampling, no early stopping). Log loss or
// RMSE; ours is the mean over three seeds (its gradients are rounded at random), LightGBM and XGBoost have no chance in them.
// XGBoost bounds leaves by hessian, not by rows: for classes ours and XGBoost are compared with no such bound in either.
// Options: --case FILE,FILE --peers lightgbm --rounds SEEDS --threads N.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sequence, shuffle } from '../../core/base/random.ts';
import { quiet } from '../../core/base/task.ts';
import { metrics } from '../../core/metrics/index.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { applyRecipe } from '../../core/recipe/apply-recipe.ts';
import { fitMatrix } from '../../core/recipe/fit-recipe.ts';
import { classesOf, readTarget, rowsWithTarget } from '../../core/recipe/read-target.ts';
import type { Matrix, Target } from '../../core/table/matrix.ts';
import { takeRows } from '../../core/table/take.ts';
import type { Table } from '../../core/table/table.ts';
import type { Door } from '../command.ts';
import { loadTable } from '../files.ts';
import { defineBench, type BenchChoice, type BenchResult } from './bench.ts';
import { claimQuality, qualityColumns, qualityRight, reportQuality, type Scores } from './tree-quality-report.ts';
import { qualitySets, type QualitySet } from './tree-quality-sets.ts';
import { readScores, writeMatrix, type TreesJob } from './trees-folder.ts';
import { fitAsChild, fitOurs } from './trees-ours.ts';
import { fitInPython, type Peer } from './trees-peer.ts';

const folds = 5;
const trees = 200;
const against: readonly Peer[] = ['lightgbm', 'xgboost'];

export const treeQuality = defineBench({
  type: 'tree-quality',
  about: 'Log loss and RMSE of boosted trees on real tables, five folds, equal parameters: against LightGBM and XGBoost',
  async run(door, choice) {
    const result: BenchResult = { header: qualityColumns, right: qualityRight, table: [], rows: [], claims: [], leftOut: [] };
    if (await fitAsChild(door.print)) return { ...result, header: [], right: [] };
    const found: Scores[] = [];
    for (const set of qualitySets) {
      if (choice.cases && !choice.cases.some((name) => set.file.startsWith(name))) continue;
      const path = join(process.env.BARNACLE_ROOT ?? '.', '../shared/data', set.file);
      if (!existsSync(path)) {
        result.leftOut.push(`${set.file}: not in shared/data`);
        continue;
      }
      const scores = await measure(set, path, choice, result.leftOut, door);
      if (!scores) continue;
      found.push(scores);
      reportQuality(scores, result);
    }
    for (const peer of against) claimQuality(peer, found, result);
    return result;
  },
});

async function measure(set: QualitySet, path: string, choice: BenchChoice, leftOut: string[], door: Door): Promise<Scores | null> {
  const folder = mkdtempSync(join(tmpdir(), 'barnacle-quality-'));
  try {
    const { jobs, targets, features, rows } = await writeFolds(set, path, folder, choice.threads?.[0] ?? 1, door);
    const lossOf = (fold: number): number => loss(set, targets[fold], readScores(jobs[fold].folder));
    const scores: Scores = { set, rows, features, peers: {} };
    for (const peer of against) {
      if (leftOut.some((line) => line.startsWith(`${peer}:`)) || (choice.peers && !choice.peers.includes(peer))) continue;
      const equal = peer === 'xgboost' && set.task !== 'regression' ? jobs.map((job) => ({ ...job, leastRows: 1 })) : jobs;
      door.progress(`${set.file}: ${peer}`, null);
      const fits = fitInPython(peer, equal);
      if (typeof fits === 'string') {
        leftOut.push(`${peer}: ${fits}`);
        continue;
      }
      const losses = jobs.map((_, fold) => lossOf(fold));
      const same = equal === jobs ? Object.values(scores.peers).find((other) => !other.isFree) : undefined;
      const ours = same?.ours ?? oursBySeed(set, equal, choice.rounds ?? 3, lossOf, door);
      if (typeof ours === 'string') leftOut.push(`${set.file}: ours: ${ours}`);
      else scores.peers[peer] = { version: fits[0].version, losses, ours, isFree: equal !== jobs };
    }
    return Object.keys(scores.peers).length ? scores : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Losses by seed and fold. */
function oursBySeed({ file }: QualitySet, jobs: readonly TreesJob[], seeds: number, lossOf: (fold: number) => number, door: Door): number[][] | string {
  const losses: number[][] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    door.progress(`${file}: ours, seed ${seed}`, null);
    const fits = fitOurs(jobs.map((job) => ({ ...job, seed })), 'tree-quality');
    if (typeof fits === 'string') return fits;
    losses.push(jobs.map((_, fold) => lossOf(fold)));
  }
  return losses;
}

/** One folder for each fold, with the matrices of a recipe that its training rows alone have taught. */
async function writeFolds(set: QualitySet, path: string, folder: string, threads: number, door: Door): Promise<{ jobs: TreesJob[]; targets: Target[]; features: number; rows: number }> {
  const { table: read } = await loadTable(path, door);
  const { recipe: suggested } = suggest(await profileTable(read, quiet), set.target, null);
  const recipe = { ...suggested, task: set.task, drop: [...new Set([...suggested.drop, ...set.drop])], steps: suggested.steps.map((step) => ({ ...step, columns: step.columns.filter((name) => !set.drop.includes(name)) })).filter((step) => step.columns.length) };
  const usable = rowsWithTarget(read, recipe);
  const table = usable ? takeRows(read, usable) : read;
  const classes = classesOf(recipe, table) ?? undefined;
  const foldOf = foldsOf(readTarget(recipe, table, classes ?? null), table);
  const jobs: TreesJob[] = [];
  const targets: Target[] = [];
  let features = 0;
  for (let fold = 0; fold < folds; fold++) {
    const rows = (test: boolean): Int32Array => Int32Array.from(foldOf.keys()).filter((row) => (foldOf[row] === fold) === test);
    const { fitted, matrix: train } = fitMatrix(recipe, takeRows(table, rows(false)), { seed: 1, classes });
    const test: Matrix = applyRecipe(fitted, takeRows(table, rows(true)), { training: false, seed: 1, withTarget: true });
    const place = join(folder, String(fold));
    mkdirSync(place);
    writeMatrix(place, 'train', train);
    writeMatrix(place, 'test', test);
    targets.push(test.target!);
    features = train.features.length;
    jobs.push({ folder: place, rows: train.rows, held: test.rows, features, classes: classes?.length ?? 0, rounds: trees, threads, seed: 1 });
  }
  return { jobs, targets, features, rows: table.rows };
}

/** Rows shuffled once, dealt to the folds in turn, class by class. */
function foldsOf(target: Target, { rows }: Table): Uint8Array {
  const order = shuffle(Int32Array.from({ length: rows }, (_, i) => i), sequence(1, 'tree-quality'));
  const foldOf = new Uint8Array(rows);
  const next = new Int32Array(target.kind === 'class' ? target.classes.length : 1);
  for (const row of order) foldOf[row] = next[target.kind === 'class' ? target.codes[row] : 0]++ % folds;
  return foldOf;
}

function loss({ task }: QualitySet, target: Target, values: Float64Array): number {
  const rows = target.kind === 'class' ? target.codes.length : target.values.length;
  const classes = target.kind === 'class' ? target.classes : [];
  return metrics.get(task === 'regression' ? 'rmse' : 'log-loss').score(target, { task, classes, rows, width: task === 'multiclass' ? classes.length : 1, values }, null);
}
