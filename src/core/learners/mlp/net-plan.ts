// Training rows and parameters -> everything that a fit is before its first step: features, net, loss, optimiser, batches,
// epochs; and, at its end, weights -> the model. What was left to us is set from rows and net, never from the clock.
import { log } from '../../base/numerics.ts';
import { sequence, shuffle } from '../../base/random.ts';
import type { Task } from '../../base/task.ts';
import type { NetFeature } from '../../models/net/features.ts';
import { gatherRows } from '../../models/net/features.ts';
import { makeNetModel } from '../../models/net/make-net-model.ts';
import type { Net } from '../../models/net/net.ts';
import type { Model } from '../../models/model.ts';
import { widthOf } from '../../models/width.ts';
import type { Matrix, Target } from '../../table/matrix.ts';
import { classWeights } from '../gbt/objectives/class-weights.ts';
import { taskOf } from '../task-of.ts';
import { chooseNet, chooseOptimizer, costOfRow } from './choose-net.ts';
import { clip, fitFeatures, widthsOfRow } from './fit-features.ts';
import type { NetLoss, NetOptimizer } from './net-kernels.ts';
import type { MlpParams } from './params.ts';
import { settle, type Settings } from './presets.ts';
import { startNet } from './start-net.ts';

export interface NetPlan {
  readonly task: Task;
  readonly matrix: Matrix;
  readonly target: Target;
  readonly settings: Settings;
  readonly features: readonly NetFeature[];
  readonly net: Net;
  readonly loss: NetLoss;
  readonly optimizer: NetOptimizer;
  readonly outputs: number;
  /** Rows of weight above 0, in order, and a weight for each row of the matrix (null = all 1). */
  readonly rows: Int32Array;
  readonly weight: Float32Array | null;
  readonly meanWeight: number;
  /** What rows of a class weigh more, for validation rows too; null = alike. */
  readonly perClass: Float64Array | null;
  readonly batch: number;
  readonly epochs: number;
  readonly patience: number;
  /** Regression: value = score * spread + shift, held within range. */
  readonly shift: number;
  readonly spread: number;
  readonly range: readonly [number, number] | null;
  /** From the loss of a row to the unit of the curve: squared loss is said as mean squared error. */
  readonly unit: number;
  readonly prior: Float64Array;
}

/** `from`: features, net and scale of a model to go on from. */
export type PlanFrom = Pick<NetPlan, 'features' | 'net' | 'shift' | 'spread' | 'range'>;

/** Multiply-adds that a fit may take when its epochs are left to us, and how many epochs at least and at most. */
const budget = 1.2e11;
const leastEpochs = 3;
const mostEpochs = 256;
/** Rows that the pieces of numbers are cut by, and numbers that these rows may have in all. */
const startRows = 16_384;
const startCells = 2 ** 24;

export function planNet(matrix: Matrix, params: MlpParams, from: PlanFrom | null = null): NetPlan {
  const target = matrix.target!;
  const task = taskOf(target);
  const outputs = widthOf(task, target.kind === 'class' ? target.classes.length : 0);
  const perClass = params.balance === 'balanced' && target.kind === 'class' ? classWeights(target, matrix.weight) : null;
  const weight = weightsOf(matrix, perClass);
  const rows = Int32Array.from({ length: matrix.rows }, (_, i) => i).filter((i) => !weight || weight[i] > 0);
  const settings = settle(params, task, rows.length);
  const features = from?.features ?? fitFeatures(matrix);
  const net = from?.net ?? chooseNet(settings, features, outputs);
  const scale = valueScale(target, rows, matrix.weight);
  const { shift, spread } = from ?? scale;
  const range = from?.range && scale.range ? ([Math.min(from.range[0], scale.range[0]), Math.max(from.range[1], scale.range[1])] as [number, number]) : scale.range;
  const batch = Math.max(1, Math.min(rows.length, params.batch || batchFor(rows.length)));
  const epochs = params.epochs || Math.max(leastEpochs, Math.min(mostEpochs, Math.round(budget / (Math.max(1, rows.length) * costOfRow(net)))));
  return {
    task, matrix, target, settings, features, net, outputs, rows, weight, perClass, batch, epochs, shift, spread, range,
    loss: lossOf(params, task, spread),
    optimizer: chooseOptimizer(settings, net),
    meanWeight: rows.reduce((sum, row) => sum + (weight ? weight[row] : 1), 0) / Math.max(1, rows.length),
    patience: params.patience || patienceFor(settings, epochs),
    unit: task !== 'regression' ? 1 : lossOf(params, task, spread).kind === 'squared' ? 2 * spread * spread : lossOf(params, task, spread).kind === 'huber' ? spread * spread : spread,
    prior: priorOf(target, rows, weight, outputs),
  };
}

/** A fit's first weights. */
export function startOf(plan: NetPlan, seed: number): Float32Array {
  const most = Math.max(256, Math.min(startRows, Math.floor(startCells / Math.max(1, widthsOfRow(plan.features).x))));
  const order = shuffle(plan.rows.slice(), sequence(seed, 'mlp-sample')).subarray(0, plan.settings.coding?.kind === 'piecewise' ? most : 256);
  const { x, codes } = inputsOf(plan, plan.matrix, order);
  return startNet(plan.net, plan.settings, { rows: order.length, x, codes }, plan.prior, seed);
}

/** Those rows of a matrix as the net takes them. */
export function inputsOf({ features }: Pick<NetPlan, 'features'>, matrix: Matrix, rows: Int32Array): { x: Float32Array; codes: Int32Array } {
  const widths = widthsOfRow(features);
  const x = new Float32Array(rows.length * widths.x);
  const codes = new Int32Array(rows.length * widths.codes);
  gatherRows(features, clip, matrix, rows, 0, rows.length, x, codes);
  return { x, codes };
}

/** The truth of one row as the loss wants it, for a target of that kind. */
export function writeTruth({ shift, spread, loss, outputs }: NetPlan, target: Target, row: number, truth: Float32Array, at: number, smoothing: number): void {
  if (target.kind === 'value') truth[at] = (target.values[row] - shift) / spread;
  else if (loss.kind === 'sigmoid') truth[at] = (1 - smoothing) * (target.codes[row] === 1 ? 1 : 0) + smoothing / 2;
  else for (let k = 0; k < outputs; k++) truth[at + k] = (1 - smoothing) * (target.codes[row] === k ? 1 : 0) + smoothing / outputs;
}

export function modelOf({ task, target, features, net, shift, spread, range }: NetPlan, weights: Float32Array): Model {
  return makeNetModel({ task, classes: target.kind === 'class' ? target.classes : [], features, clip, net, weights, shift, spread, range });
}

function lossOf({ objective, focal, quantile, huberDelta }: MlpParams, task: Task, spread: number): NetLoss {
  if (task !== 'regression') return { kind: task === 'binary' ? 'sigmoid' : 'softmax', focal };
  if (objective === 'absolute') return { kind: 'absolute' };
  if (objective === 'huber') return { kind: 'huber', delta: huberDelta > 0 ? huberDelta / spread : 0.5 };
  if (objective === 'quantile') return { kind: 'quantile', levels: [quantile] };
  return { kind: 'squared' };
}

const batchFor = (rows: number): number => (rows < 1500 ? 32 : rows < 4000 ? 64 : rows < 10_000 ? 128 : rows < 200_000 ? 256 : 512);

/** With cycles the best is at the end of one, the last of which is the longest; else a quarter of the way. */
const patienceFor = ({ schedule }: Settings, epochs: number): number => (schedule === 'coslog4' ? Math.ceil(0.6 * epochs) : schedule === 'constant' ? 16 : Math.max(6, Math.ceil(0.3 * epochs)));

function weightsOf({ weight, target, rows }: Matrix, perClass: Float64Array | null): Float32Array | null {
  if (!perClass || target?.kind !== 'class') return weight;
  return Float32Array.from({ length: rows }, (_, i) => (weight ? weight[i] : 1) * perClass[target.codes[i]]);
}

function valueScale(target: Target, rows: Int32Array, weight: Float32Array | null): { shift: number; spread: number; range: [number, number] | null } {
  if (target.kind === 'class') return { shift: 0, spread: 1, range: null };
  let [total, sum, squares, low, high] = [0, 0, 0, Infinity, -Infinity];
  for (const row of rows) {
    const [y, w] = [target.values[row], weight ? weight[row] : 1];
    total += w;
    sum += w * y;
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const shift = total > 0 ? sum / total : 0;
  for (const row of rows) squares += (weight ? weight[row] : 1) * (target.values[row] - shift) ** 2;
  return { shift, spread: Math.sqrt(squares / Math.max(total, 1e-300)) || 1, range: rows.length ? [low, high] : null };
}

function priorOf(target: Target, rows: Int32Array, weight: Float32Array | null, outputs: number): Float64Array {
  const prior = new Float64Array(outputs);
  if (target.kind === 'value') return prior;
  const sums = new Float64Array(Math.max(2, target.classes.length)).fill(0.5);
  for (const row of rows) sums[target.codes[row]] += weight ? weight[row] : 1;
  if (outputs === 1) prior[0] = log(sums[1] / sums[0]);
  else for (let k = 0; k < outputs; k++) prior[k] = log(sums[k] / (rows.length + 1));
  return prior;
}
