// Boosted trees as npm has them, against ours with the nearest equal shape; each fit in a process of its own, on one thread.
// ydf-training takes a CSV text and no parameters: 300 trees of depth 6 at most, early stopping on a tenth of the rows. Ours
// reads the same text and grows as many trees as ydf's early stopping looked at (those it kept and 30 more), on all rows.
// ml-xgboost (XGBoost of 2018 in WASM) takes rows as arrays and parameters; 20,000 x 28 is about the most its stack holds, and it stops at
// missing cells: they are -9 in its file.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getBit } from '../../core/base/bits.ts';
import { defaults } from '../../core/base/params.ts';
import { quiet } from '../../core/base/task.ts';
import type { ReadContext } from '../../core/io/csv/csv-kernels.ts';
import { bytesSource, readTable } from '../../core/io/index.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import { loadCsvKernels } from '../../kernels/csv-wasm/index.ts';
import type { Door } from '../command.ts';
import { digits, msText } from '../print.ts';
import { spread, type BenchChoice, type BenchResult } from './bench.ts';
import { gbt, onlyTrees, treeKernels } from './tree-kernels.ts';
import { synthetic } from './trees-data.ts';

const variable = 'BARNACLE_BENCH_TREES_NPM';
type Ask = { who: 'ours' | 'ydf-training' | 'ml-xgboost'; path: string; trees: number; depth: number; minLeafRows: number; l2: number };
/** `trees` is how many were grown; CPU time is that of all threads, those that compile WASM and JavaScript counted. */
type Grown = { ms: number; cpuMs: number; trees: number };
type Ydf = (options: object) => Promise<{ GradientBoostedTreesLearner: new (label: string, task: string) => { train(csv: string): { describe(): string } } }>;
type Booster = new (options: object) => { train(rows: number[][], target: number[]): void };

/** What this process is asked to do as a child, done and printed; false in the parent. */
export async function fitAsNpm(print: (line: string) => void): Promise<boolean> {
  const asked = process.env[variable];
  if (!asked) return false;
  const ask = JSON.parse(asked) as Ask;
  const work = { ours, 'ydf-training': ydf, 'ml-xgboost': xgboost }[ask.who];
  print(JSON.stringify(await work(ask, readFileSync(ask.path))));
  return true;
}

/** Adds a line for each size and a claim for each package. */
export function againstNpm(choice: BenchChoice, result: BenchResult, door: Door): void {
  const folder = mkdtempSync(join(tmpdir(), 'barnacle-npm-'));
  const wants = (who: string): boolean => !choice.peers || choice.peers.includes(who);
  try {
    const path = join(folder, 'rows.csv');
    const write = (rows: number, missing: string) => {
      door.progress(`${rows} x 28 against npm`, null);
      writeFileSync(path, csvOf(synthetic(rows, 28).train, missing));
    };
    for (const rows of wants('ydf-training') ? [10_000, 100_000] : []) {
      write(rows, '');
      compare(rows, 'ydf-training', { path, trees: 300, depth: 5, minLeafRows: 5, l2: 0 }, rows < 100_000 ? 1 : 20, 1, result);
    }
    for (const rows of wants('ml-xgboost') ? [10_000, 20_000] : []) {
      write(rows, '-9');
      compare(rows, 'ml-xgboost', { path, trees: 100, depth: 5, minLeafRows: 1, l2: 1 }, 1, choice.rounds ?? 3, result);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(rows: number, who: Ask['who'], ask: Omit<Ask, 'who'>, times: number, runs: number, result: BenchResult): void {
  const pairs: { theirs: Grown; mine: Grown }[] = [];
  for (let run = 0; run < runs; run++) {
    const theirs = inChild({ ...ask, who });
    if (typeof theirs === 'string') return void result.leftOut.push(`${who} on ${rows} x 28: ${theirs}`);
    const mine = inChild({ ...ask, who: 'ours', trees: theirs.trees });
    if (typeof mine === 'string') return void result.leftOut.push(`ours against ${who}: ${mine}`);
    pairs.push({ theirs, mine });
  }
  const data = `${rows} x 28 from ${who === 'ydf-training' ? 'CSV text' : 'rows'}, ${pairs[0].theirs.trees} trees of depth 5`;
  const [theirs, mine] = [spread(pairs.map((p) => p.theirs.ms)), spread(pairs.map((p) => p.mine.ms))];
  const ratio = spread(pairs.map((p) => p.theirs.ms / p.mine.ms));
  const ofCpu = spread(pairs.map((p) => p.theirs.cpuMs / p.mine.cpuMs)).median;
  const cpu = (pick: (pair: { theirs: Grown; mine: Grown }) => Grown): string => msText(spread(pairs.map((pair) => pick(pair).cpuMs)).median);
  const perTree = (ms: number): number => (ms * 1e6) / (rows * 28 * pairs[0].theirs.trees);
  const range = (s: { low: number; high: number }): string => (runs > 1 ? `${msText(s.low)} - ${msText(s.high)}` : 'one run');
  result.table.push([data, '1', 'ours', msText(mine.median), range(mine), cpu((p) => p.mine), '', '', digits(perTree(mine.median), 3), '', '']);
  result.table.push([data, '1', who, msText(theirs.median), range(theirs), cpu((p) => p.theirs), digits(1 / ratio.median, 3), runs > 1 ? `${digits(1 / ratio.high, 3)} - ${digits(1 / ratio.low, 3)}` : '', digits(perTree(theirs.median), 3), '', '']);
  result.rows.push({ data, rows, by: who, trees: pairs[0].theirs.trees, fit_ms: theirs.median, ours_ms: mine.median, times: ratio.median, times_of_cpu: ofCpu, times_low: ratio.low, times_high: ratio.high });
  result.claims.push({ claim: `${data}: time of ${who} over ours (from ${digits(ratio.low, 1)} to ${digits(ratio.high, 1)}; of CPU time ${digits(ofCpu, 1)})`, measured: Number(ratio.median.toFixed(1)), bar: times === 1 ? '> 1' : `>= ${times}`, holds: times === 1 ? ratio.median > 1 : ratio.median >= times });
}

function inChild(ask: Ask): Grown | string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [process.argv[1], 'bench', 'trees'], { encoding: 'utf8', timeout: 300_000, env: { ...process.env, [variable]: JSON.stringify(ask) } });
  const answer = stdout.trim().split('\n').find((line) => line.startsWith('{"ms"'));
  return status === 0 && answer ? (JSON.parse(answer) as Grown) : stderr.trim().split('\n').at(-1) || 'failed';
}

const require = createRequire(join(process.env.BARNACLE_ROOT ?? process.cwd(), 'package.json'));

async function ydf(_ask: Ask, bytes: Uint8Array): Promise<Grown> {
  const silent = { print: () => {}, printErr: () => {} };
  const { GradientBoostedTreesLearner: Learner } = await (require('ydf-training') as Ydf)(silent);
  const text = new TextDecoder().decode(bytes);
  const learner = new Learner('label', 'CLASSIFICATION');
  const stop = startClock();
  const model = learner.train(text);
  const times = stop();
  const kept = Number(/Number of trees: (\d+)/.exec(model.describe())?.[1]);
  return { ...times, trees: Math.min(300, kept + 30) };
}

async function xgboost({ trees, depth, minLeafRows, l2 }: Ask, bytes: Uint8Array): Promise<Grown> {
  const XGBoost = await (require('ml-xgboost') as Promise<Booster>);
  const data = await matrixOf(bytes);
  const rows = Array.from({ length: data.rows }, (_, i) => data.data.map((column) => column[i]));
  const target = Array.from(data.target!.kind === 'class' ? data.target!.codes : []);
  const learner = new XGBoost({ booster: 'gbtree', objective: 'binary:logistic', tree_method: 'hist', max_bin: 255, max_depth: depth, eta: 0.1, min_child_weight: minLeafRows, lambda: l2, subsample: 1, silent: 1, iterations: trees });
  const stop = startClock();
  learner.train(rows, target);
  return { ...stop(), trees };
}

async function ours({ trees, depth, minLeafRows, l2 }: Ask, bytes: Uint8Array): Promise<Grown> {
  const kernels = onlyTrees(await treeKernels(1));
  const params = { ...defaults(gbt.params), trees, depth, leaves: 2 ** depth, minLeafRows, l2, learningRate: 0.1, bins: 255, columns: 1, rows: 1, patience: 0 };
  const stop = startClock();
  await gbt.fit(await matrixOf(bytes), params, { ...quiet, seed: 1, valid: null, kernels });
  return { ...stop(), trees };
}

/** Starts both clocks and gives what reads them. */
function startClock(): () => { ms: number; cpuMs: number } {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { ms: performance.now() - start, cpuMs: (user + system) / 1000 };
  };
}

async function matrixOf(bytes: Uint8Array): Promise<Matrix> {
  const context: ReadContext = { ...quiet, csv: await loadCsvKernels() };
  const { table } = await readTable(bytesSource('rows.csv', bytes), { format: 'csv' }, context);
  const label = table.columns.at(-1)!;
  const codes = label.kind === 'boolean' ? Int32Array.from(label.values) : label.kind === 'category' ? Int32Array.from(label.codes, (code) => Number(label.levels[code] === 'yes')) : null;
  if (!codes) throw new Error(`the label was read as ${label.kind}`);
  const columns = table.columns.slice(0, -1);
  const data = columns.map((column) => {
    if (column.kind !== 'number') throw new Error(`${column.name} was read as ${column.kind}`);
    const values = Float32Array.from(column.values);
    if (column.missing) for (let i = 0; i < values.length; i++) if (getBit(column.missing, i)) values[i] = NaN;
    return values;
  });
  return { rows: table.rows, features: columns.map(({ name }) => ({ name, source: name })), data, target: { kind: 'class', classes: ['no', 'yes'], codes }, weight: null };
}

function csvOf({ rows, data, features, target }: Matrix, missing: string): string {
  const codes = target?.kind === 'class' ? target.codes : [];
  const lines = [[...features.map(({ name }) => name), 'label'].join(',')];
  for (let i = 0; i < rows; i++) lines.push([...data.map((column) => (Number.isNaN(column[i]) ? missing : String(column[i]))), codes[i] ? 'yes' : 'no'].join(','));
  return `${lines.join('\n')}\n`;
}
