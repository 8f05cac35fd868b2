// Boosted trees, one thread each: ours in WASM against LightGBM, XGBoost and scikit-learn where Python has them. The same
// rows, 100 trees of 31 leaves; three alternating runs, medians. Times per cell and row are CPU time, so that
// other work on the machine does not count: ns per cell = CPU time of the fit / (rows x features x trees).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaults } from '../../core/base/params.ts';
import { quiet } from '../../core/base/task.ts';
import { gbt } from '../../core/learners/gbt/gbt.ts';
import type { Kernels } from '../../core/learners/learner.ts';
import { metrics } from '../../core/metrics/index.ts';
import { predictModel } from '../../core/models/predict-model.ts';
import type { Matrix, Target } from '../../core/table/matrix.ts';
import type { Door } from '../command.ts';
import { nodeKernels } from '../kernels.ts';
import { digits, msText } from '../print.ts';
import { defineBench, spread, type BenchResult, type Claim } from './bench.ts';
import { adult, synthetic, type TreesData } from './trees-data.ts';
import { fitInPython, peers } from './trees-peer.ts';

const trees = 100;
const rounds = 3;
/** What one run says; single is the time of a row alone, which only ours is asked. */
type Fit = { ms: number; cpuMs: number; predictMs: number; single: number | null; auc: number };

export const treesBench = defineBench({
  type: 'trees',
  about: 'Boosted trees on one thread: 500,000 x 28 and Adult, against LightGBM, XGBoost and scikit-learn where Python has them',
  async run(door) {
    const leftOut: string[] = [];
    const { kernels, made } = await nodeKernels('wasm');
    const ours = `ours (${(await made('gbt')).backend})`;
    const result: BenchResult = { header: ['data', 'by', 'fit', 'range', 'ns/cell', 'predict ns/row/tree', 'one row µs', 'ROC AUC'], right: [false, false, true, true, true, true, true, true], table: [], rows: [], claims: [], leftOut };
    const people = await adult(door);
    if (!people) leftOut.push('Adult: shared/data/adult.csv.gz is not here');
    for (const data of [synthetic(500_000, 28), ...(people ? [people] : [])]) {
      const fits = await contest(data, ours, kernels, leftOut, door);
      for (const [by, runs] of fits) report(data, by, runs, result);
      result.claims.push(...claimsOf(data, ours, fits));
    }
    return result;
  },
});

/** Everyone in turn, three times; who cannot run is named once and left out. */
async function contest(data: TreesData, ours: string, kernels: Kernels, leftOut: string[], door: Door): Promise<Map<string, Fit[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'barnacle-trees-'));
  try {
    writeRows(folder, data);
    const fits = new Map<string, Fit[]>();
    const keep = (by: string, fit: Fit) => fits.set(by, [...(fits.get(by) ?? []), fit]);
    for (let round = 0; round < rounds; round++) {
      door.progress(`${data.name}: ours, run ${round + 1}`, null);
      keep(ours, await fitOurs(data, kernels));
      for (const peer of peers) {
        if (leftOut.some((line) => line.startsWith(peer))) continue;
        door.progress(`${data.name}: ${peer}, run ${round + 1}`, null);
        const fit = fitInPython(peer, folder, { rows: data.train.rows, held: data.test.rows, features: data.train.features.length, trees });
        if (typeof fit === 'string') leftOut.push(`${peer}: ${fit}`);
        else keep(`${peer} ${fit.version}`, { ...fit, single: null, auc: aucOf(data.test, floatsIn(join(folder, 'test.p'))) });
      }
    }
    return fits;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fitOurs({ train, test }: TreesData, kernels: Kernels): Promise<Fit> {
  const params = { ...defaults(gbt.params), trees, learningRate: 0.1, columns: 1, patience: 0 };
  const before = cpuMs();
  const start = performance.now();
  const model = await gbt.fit(train, params, { ...quiet, seed: 1, valid: null, kernels });
  const fit = { ms: performance.now() - start, cpuMs: cpuMs() - before };
  const timed = (matrix: Matrix, times: number): number => {
    const from = cpuMs();
    for (let i = 0; i < times; i++) predictModel(model, matrix);
    return (cpuMs() - from) / times;
  };
  const one: Matrix = { ...test, rows: 1, data: test.data.map((column) => column.slice(0, 1)), target: null };
  timed(one, 500);
  return { ...fit, predictMs: timed(test, 1), single: timed(one, 2000) * 1000, auc: aucOf(test, predictModel(model, test).values) };
}

/** CPU time of this process: other work on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function writeRows(folder: string, { train, test }: TreesData): void {
  for (const [name, { data, target }] of [['train', train], ['test', test]] as const) {
    writeFileSync(join(folder, `${name}.x`), Buffer.concat(data.map((column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength))));
    writeFileSync(join(folder, `${name}.y`), new Uint8Array((target as Target & { kind: 'class' }).codes.slice().buffer));
  }
}

const floatsIn = (file: string): Float64Array => new Float64Array(new Uint8Array(readFileSync(file)).buffer);
const aucOf = ({ target, rows }: Matrix, values: Float64Array): number => metrics.get('roc-auc').score(target!, { task: 'binary', classes: (target as Target & { kind: 'class' }).classes, rows, width: 1, values }, null);

function report({ name, train, test }: TreesData, by: string, runs: readonly Fit[], result: BenchResult): void {
  const of = (pick: (fit: Fit) => number) => spread(runs.map(pick));
  const fit = of((f) => f.ms);
  const perCell = (of((f) => f.cpuMs).median * 1e6) / (train.rows * train.features.length * trees);
  const perRowTree = (of((f) => f.predictMs).median * 1e6) / (test.rows * trees);
  const single = runs[0].single === null ? null : of((f) => f.single as number).median;
  const { auc } = runs[0];
  result.table.push([name, by, msText(fit.median), `${msText(fit.low)} - ${msText(fit.high)}`, digits(perCell, 2), digits(perRowTree, 1), digits(single, 1), digits(auc)]);
  result.rows.push({ data: name, by, fit_ms: fit.median, fit_low_ms: fit.low, fit_high_ms: fit.high, cpu_ns_per_cell: perCell, predict_ns_per_row_tree: perRowTree, one_row_us: single, roc_auc: auc });
}

function claimsOf({ name }: TreesData, ours: string, fits: ReadonlyMap<string, readonly Fit[]>): Claim[] {
  const mine = fits.get(ours)!;
  const others = [...fits].filter(([by]) => by !== ours).map(([, runs]) => runs);
  const cpu = (runs: readonly Fit[]) => spread(runs.map((f) => f.cpuMs)).median;
  const ratio = others.length ? cpu(mine) / Math.min(...others.map(cpu)) : null;
  const behind = others.length ? Math.max(...others.map((runs) => runs[0].auc)) - mine[0].auc : null;
  return [
    { claim: `${name}: CPU time of the fit over the fastest peer's`, measured: ratio && Number(ratio.toFixed(2)), bar: '<= 2', holds: ratio === null ? null : ratio <= 2 },
    { claim: `${name}: ROC AUC behind the best peer's`, measured: behind === null ? null : Number(behind.toFixed(4)), bar: '<= 0.002', holds: behind === null ? null : behind <= 0.002 },
  ];
}
