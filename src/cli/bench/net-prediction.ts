// Nets predicted by everyone on one thread: ours in WASM and in plain TypeScript (both in doubles), onnxruntime-web in this process
// (single precision). The same weights, drawn; everyone must say the same to 1e-4 before anything is timed. Rows at once, and a row
// alone; alternating runs, medians. Nets that ONNX is not written for here are ours alone. Options: --cases, --peers, --rounds N.
import { sequence } from '../../core/base/random.ts';
import { quantizeModel } from '../../core/compress/quantize-model.ts';
import { modelBytes } from '../../core/models/model-bytes.ts';
import { makeNetModel } from '../../core/models/net/make-net-model.ts';
import { sizeOf, slotsOf, type Net, type NetLayer } from '../../core/models/net/net.ts';
import { predictModel } from '../../core/models/predict-model.ts';
import { servingCost } from '../../core/models/serving-cost.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import { loadServing } from '../../kernels/load-serving.ts';
import { bytesText, digits, msText } from '../print.ts';
import { defineBench, spread, type BenchResult } from './bench.ts';
import { onnxNet } from './net-onnx.ts';
import { openOrt } from './prediction-ort.ts';

const [FEATURES, CLASSES, SINGLES] = [54, 7, 300];
const TOLERANCE = 1e-4;
const mine = 'ours (WASM)';
type Work = { readonly batch: () => unknown; readonly alone: (row: number) => unknown };
type Case = { readonly name: string; readonly net: Net; readonly rows: number; readonly isOnnx: boolean };

const relu: NetLayer = { kind: 'activate', by: 'relu', mixed: false };
const dense = (units: number): NetLayer => ({ kind: 'dense', units, bias: true });
const plain: Net['inputs'] = { numbers: FEATURES, flags: 0, encoding: null, categories: [] };
const waves: Net['inputs'] = { ...plain, encoding: { kind: 'pbld', waves: 16, width: 4 } };
const member = (): NetLayer[] => [{ kind: 'scale', member: true }, { kind: 'dense', units: 256, bias: false }, { kind: 'scale', member: true }, { kind: 'shift', member: true }, relu];
const ensemble: NetLayer[] = [{ kind: 'spread', members: 32 }, ...member(), ...member(), ...member(), { kind: 'heads', units: CLASSES }];
const cases: readonly Case[] = [
  { name: 'mlp 54-256-128-7', net: { inputs: plain, layers: [dense(256), relu, dense(128), relu, dense(CLASSES)] }, rows: 20_000, isOnnx: true },
  { name: 'realmlp 3 x 256, pbld, selu', net: { inputs: waves, layers: [{ kind: 'scale', member: false }, ...[0, 1, 2].flatMap((): NetLayer[] => [dense(256), { kind: 'activate', by: 'selu', mixed: true }]), dense(CLASSES)] }, rows: 10_000, isOnnx: false },
  { name: 'tabm 32 x 3 x 256', net: { inputs: plain, layers: ensemble }, rows: 1000, isOnnx: true },
  { name: 'tabm 32 x 3 x 256, pbld', net: { inputs: waves, layers: ensemble }, rows: 1000, isOnnx: false },
];

export const netPrediction = defineBench({
  type: 'net-prediction',
  about: 'Nets predicted on one thread: ours in WASM and plain TypeScript against onnxruntime-web',
  async run(door, choice) {
    const result: BenchResult = { header: ['net', 'by', 'rows', 'time', 'range', 'rows/s', 'one row', 'model', 'in 8 bits'], right: [false, false, true, true, true, true, true, true, true], table: [], rows: [], claims: [], leftOut: [] };
    for (const one of cases) {
      if (choice.cases && !choice.cases.some((name) => one.name.includes(name))) continue;
      await runCase(one, choice.rounds ?? 5, !choice.peers || choice.peers.includes('onnxruntime-web'), result, (text) => door.progress(text, null));
    }
    return result;
  },
});

async function runCase({ name, net, rows, isOnnx }: Case, rounds: number, withPeer: boolean, result: BenchResult, say: (text: string) => void): Promise<void> {
  const random = sequence(1, name);
  const weights = new Float32Array(sizeOf(net));
  for (const { role, shape, offset, size } of slotsOf(net)) for (let i = offset; i < offset + size; i++) weights[i] = random.normal() * (role === 'weights' ? Math.sqrt(2 / shape[shape.length - 2]) : 0.2) + (role === 'scale' ? 1 : 0);
  const model = makeNetModel({ task: 'multiclass', classes: Array.from({ length: CLASSES }, (_, k) => `c${k}`), features: Array.from({ length: FEATURES }, () => ({ as: 'number', fill: 0, center: 0, scale: 1 })), clip: 1e6, net, weights });
  const matrix: Matrix = { rows, features: [], data: Array.from({ length: FEATURES }, () => Float32Array.from({ length: rows }, () => random.normal())), target: null, weight: null };
  const truth = predictModel(model, matrix).values;
  const contestants = new Map<string, Work>();
  const rowOf = (i: number): Matrix => ({ ...matrix, rows: 1, data: matrix.data.map((column) => column.subarray(i, i + 1)) });
  const serving = await loadServing();
  if (serving) contestants.set(mine, { batch: () => predictModel(model, matrix, serving), alone: (i) => predictModel(model, rowOf(i), serving) });
  contestants.set('ours (plain TypeScript)', { batch: () => predictModel(model, matrix), alone: (i) => predictModel(model, rowOf(i)) });
  if (isOnnx && withPeer) {
    try {
      const ort = await openOrt(onnxNet(net, weights), FEATURES, 'all');
      const flat = new Float32Array(rows * FEATURES);
      matrix.data.forEach((column, f) => column.forEach((value, i) => (flat[i * FEATURES + f] = value)));
      const batch = ort.load(flat, rows);
      const alone = Array.from({ length: SINGLES }, (_, i) => ort.load(flat.slice(i * FEATURES, (i + 1) * FEATURES), 1));
      const found = await batch();
      const worst = truth.reduce((most, p, i) => Math.max(most, Math.abs(p - found[i])), 0);
      if (worst <= TOLERANCE) contestants.set(`onnxruntime-web ${ort.version}`, { batch, alone: (i) => alone[i]() });
      else result.leftOut.push(`onnxruntime-web, ${name}: its predictions differ by up to ${worst.toExponential(1)}`);
    } catch (error) {
      result.leftOut.push(`onnxruntime-web: ${error instanceof Error ? error.message : String(error)}`);
    }
  } else if (!isOnnx) result.leftOut.push(`onnxruntime-web, ${name}: its waves are not written as ONNX here`);
  const times = new Map([...contestants.keys()].map((by) => [by, { batches: [] as number[], singles: [] as number[] }]));
  for (let round = 0; round < rounds; round++) {
    for (const [by, { batch, alone }] of contestants) {
      say(`${name}, ${by}, run ${round + 1} of ${rounds}`);
      if (round === 0) await batch();
      const start = performance.now();
      await batch();
      times.get(by)!.batches.push(performance.now() - start);
      const singles: number[] = [];
      for (let i = 0; i < SINGLES; i++) {
        const from = performance.now();
        await alone(i);
        singles.push((performance.now() - from) * 1000);
      }
      times.get(by)!.singles.push(spread(singles).median);
    }
  }
  const [bytes, small] = [modelBytes(model), modelBytes(quantizeModel(model, 8))];
  for (const [by, { batches, singles }] of times) {
    const [batch, single] = [spread(batches), spread(singles).median];
    const perSecond = (rows / batch.median) * 1000;
    result.table.push([name, by, String(rows), msText(batch.median), `${msText(batch.low)} - ${msText(batch.high)}`, digits(perSecond, 0), `${digits(single, 1)} µs`, bytesText(bytes), bytesText(small)]);
    result.rows.push({ net: name, by, rows, batch_ms: batch.median, batch_low_ms: batch.low, batch_high_ms: batch.high, rows_per_s: perSecond, one_row_us: single, parameters: weights.length, tree_walks: servingCost(model), model_bytes: bytes, model_bytes_8: small });
  }
}
