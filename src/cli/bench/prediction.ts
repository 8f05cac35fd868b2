// One model of 500 trees with 31 leaves predicted by everyone on one thread: ours in WASM and in plain TypeScript, LightGBM and XGBoost
// in Python, onnxruntime-web in this process. It is trained by ours, written in each library's format, and must be predicted alike
// (to 1e-6) before anything is timed. 100,000 rows at once, and a row alone; alternating runs, medians.
// Options: --peers lightgbm,onnxruntime-web, --rounds N.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaults } from '../../core/base/params.ts';
import { quiet } from '../../core/base/task.ts';
import { quantizeModel } from '../../core/compress/quantize-model.ts';
import { modelBytes } from '../../core/models/model-bytes.ts';
import type { Model } from '../../core/models/model.ts';
import { predictModel } from '../../core/models/predict-model.ts';
import type { ServingKernels } from '../../core/models/serving-kernels.ts';
import { trees as treesKind } from '../../core/models/trees.ts';
import { partsOf } from '../../core/models/trees-parts.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import { loadTreeServer } from '../../kernels/trees-serve-wasm/index.ts';
import type { Door } from '../command.ts';
import { bytesText, digits, msText } from '../print.ts';
import { defineBench, spread, type BenchChoice, type BenchResult } from './bench.ts';
import { lightgbmText } from './lightgbm-text.ts';
import { onnxTrees } from './prediction-onnx.ts';
import { openOrt } from './prediction-ort.ts';
import { predictInPython, pythonPeers, type Predicted } from './prediction-peer.ts';
import { gbt, onlyTrees, treeKernels } from './tree-kernels.ts';
import { synthetic } from './trees-data.ts';
import { writeMatrix } from './trees-folder.ts';
import { shared } from './trees-ours.ts';
import { xgboostJson } from './xgboost-json.ts';

const [ROWS, FEATURES, TREES, SINGLES, REPEATS] = [100_000, 28, 500, 300, 2];
const mine = 'ours (WASM)';
const TOLERANCE = 1e-6;
/** A contestant's round: batches in milliseconds, a row alone in microseconds. */
type Round = () => Promise<Predicted> | Predicted;
type Contestant = { readonly name: string; readonly bytes: number; readonly worst: number; readonly round: Round };

export const predictionBench = defineBench({
  type: 'prediction',
  about: 'One model of 500 trees predicted on one thread: against LightGBM, XGBoost and onnxruntime-web',
  async run(door, choice) {
    const result: BenchResult = { header: ['by', '100k rows', 'range', 'CPU', 'rows/s', 'ns/row/tree', 'one row', 'model', 'differs by'], right: [false, true, true, true, true, true, true, true, true], table: [], rows: [], claims: [], leftOut: [] };
    const folder = mkdtempSync(join(tmpdir(), 'barnacle-prediction-'));
    try {
      const { train } = synthetic(ROWS, FEATURES);
      door.progress(`training ${TREES} trees`, null);
      const model = treesKind.trim!(await gbt.fit(train, { ...defaults(gbt.params), ...shared, trees: TREES }, { ...quiet, seed: 1, valid: null, kernels: onlyTrees(await treeKernels(1)) }));
      writeMatrix(folder, 'train', train);
      const all = await contestants(model, train, folder, choice, result, door);
      report(await contest(all, choice.rounds ?? 5, door), all, result);
      result.table.push(['ours, leaves in 8 bits', '', '', '', '', '', '', bytesText(modelBytes(quantizeModel(model, 8))), '']);
      result.rows.push({ by: 'ours, leaves in 8 bits', model_bytes: modelBytes(quantizeModel(model, 8)) });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return result;
  },
});

/** Everyone who can predict this model; who predicts something else is left out with how far it was off. */
async function contestants(model: Model, rows: Matrix, folder: string, { peers }: BenchChoice, { leftOut }: BenchResult, door: Door): Promise<Contestant[]> {
  const parts = partsOf(model);
  const truth = predictModel(model, rows).values;
  const out: Contestant[] = [];
  const admit = (name: string, bytes: number, found: Float64Array, round: Round) => {
    const worst = truth.reduce((most, p, i) => Math.max(most, Math.abs(p - found[i])), 0);
    if (worst <= TOLERANCE) out.push({ name, bytes, worst, round });
    else leftOut.push(`${name}: its predictions differ by up to ${worst.toExponential(1)}, more than ${TOLERANCE}`);
  };
  const server = await loadTreeServer();
  if (server) admit(mine, modelBytes(model), predictModel(model, rows, server).values, () => ours(model, rows, server));
  admit('ours (plain TypeScript)', modelBytes(model), truth, () => ours(model, rows, null));
  for (const peer of pythonPeers) {
    if (peers && !peers.includes(peer)) continue;
    door.progress(`${peer} reads the model`, null);
    const written = peer === 'lightgbm' ? lightgbmText(model) : xgboostJson(parts);
    const job = { model: join(folder, `${peer}.${peer === 'lightgbm' ? 'txt' : 'json'}`), x: join(folder, 'train.x'), out: join(folder, `${peer}.p`), rows: ROWS, features: FEATURES, repeats: REPEATS, singles: SINGLES };
    writeFileSync(job.model, written);
    const first = predictInPython(peer, { ...job, repeats: 1, singles: 1 });
    if (typeof first === 'string') {
      leftOut.push(`${peer}: ${first}`);
      continue;
    }
    const found = readFileSync(job.out);
    admit(`${peer} ${first.version}`, written.length, new Float64Array(found.buffer.slice(found.byteOffset, found.byteOffset + found.byteLength)), () => {
      const round = predictInPython(peer, job);
      if (typeof round === 'string') throw new Error(`${peer}: ${round}`);
      return round;
    });
  }
  if (!peers || peers.includes('onnxruntime-web')) {
    try {
      const bytes = onnxTrees(parts);
      const ort = await openOrt(bytes, FEATURES);
      const flat = new Float32Array(ROWS * FEATURES);
      rows.data.forEach((column, f) => column.forEach((value, i) => (flat[i * FEATURES + f] = value)));
      const batch = ort.load(flat, ROWS);
      const alone = Array.from({ length: SINGLES }, (_, i) => ort.load(flat.slice(i * FEATURES, (i + 1) * FEATURES), 1));
      admit(`onnxruntime-web ${ort.version}`, bytes.length, await batch(), () => timed(batch, alone, ort.version, 'tensor'));
    } catch (error) {
      leftOut.push(`onnxruntime-web: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return out;
}

function ours(model: Model, rows: Matrix, server: ServingKernels | null): Promise<Predicted> {
  const alone = Array.from({ length: SINGLES }, (_, i) => ({ ...rows, rows: 1, data: rows.data.map((column) => column.subarray(i, i + 1)) }));
  return timed(() => predictModel(model, rows, server), alone.map((row) => () => predictModel(model, row, server)), '', server?.backend ?? 'core');
}

async function timed(batch: () => unknown, alone: readonly (() => unknown)[], version: string, how: string): Promise<Predicted> {
  const time = async (work: () => unknown): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  await batch();
  for (const one of alone) await one();
  const [batches, cpu, singles]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < REPEATS; i++) {
    const before = process.cpuUsage();
    batches.push(await time(batch));
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  for (const one of alone) singles.push((await time(one)) * 1000);
  return { batches, cpu, single: spread(singles).median, version, how };
}

/** Everyone in turn. */
async function contest(all: readonly Contestant[], rounds: number, door: Door): Promise<Map<string, Predicted[]>> {
  const runs = new Map<string, Predicted[]>();
  for (let round = 0; round < rounds; round++) {
    for (const { name, round: measure } of all) {
      door.progress(`${name}, run ${round + 1} of ${rounds}`, null);
      runs.set(name, [...(runs.get(name) ?? []), await measure()]);
    }
  }
  return runs;
}

function report(runs: ReadonlyMap<string, readonly Predicted[]>, all: readonly Contestant[], result: BenchResult): void {
  const medians = (name: string) => runs.get(name)!.map((run) => spread(run.batches).median);
  const processor = (name: string) => runs.get(name)!.map((run) => spread(run.cpu).median);
  const singles = (name: string) => runs.get(name)!.map((run) => run.single);
  for (const { name, bytes, worst } of all) {
    const batch = spread(runs.get(name)!.flatMap((run) => run.batches));
    const single = spread(singles(name)).median;
    const perSecond = (ROWS / batch.median) * 1000;
    const cpu = spread(runs.get(name)!.flatMap((run) => run.cpu)).median;
    const perTree = (batch.median * 1e6) / (ROWS * TREES);
    result.table.push([name, msText(batch.median), `${msText(batch.low)} - ${msText(batch.high)}`, msText(cpu), `${digits(perSecond / 1e6, 3)} M`, digits(perTree, 2), `${digits(single, 1)} µs`, bytesText(bytes), worst.toExponential(0)]);
    result.rows.push({ by: name, how: runs.get(name)![0].how, rows: ROWS, trees: TREES, batch_ms: batch.median, batch_low_ms: batch.low, batch_high_ms: batch.high, batch_cpu_ms: cpu, rows_per_s: perSecond, ns_per_row_tree: perTree, one_row_us: single, model_bytes: bytes, worst_difference: worst });
  }
  if (!runs.has(mine)) return;
  for (const { name } of all.filter((one) => !one.name.startsWith('ours'))) {
    for (const [what, of] of [['100,000 rows at once', medians], ['100,000 rows at once, processor time', processor], ['a row alone', singles]] as const) {
      const ratio = spread(of(mine).map((value, i) => value / of(name)[i]));
      result.claims.push({ claim: `${what}, one thread: time of ours over ${name} (from ${digits(ratio.low, 3)} to ${digits(ratio.high, 3)})`, measured: Number(ratio.median.toFixed(4)), bar: '< 1', holds: ratio.median < 1 });
    }
  }
}
