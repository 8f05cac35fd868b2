// Training rows and parameters -> everything that a training run is: net, truth, batches, schedule; and, at its end,
// weights -> the dense model. Sizes that the person left to us (0) are set from the number of rows, never from the clock.
import { log } from '../../base/numerics.ts';
import type { Task } from '../../base/task.ts';
import type { Activation, DenseJson } from '../../models/dense.ts';
import type { Model } from '../../models/model.ts';
import { widthOf } from '../../models/width.ts';
import type { Matrix, Target } from '../../table/matrix.ts';
import { taskOf } from '../task-of.ts';
import type { Inputs } from './inputs.ts';
import type { DenseNet, DenseOptions } from './kernels.ts';

export type MlpParams = { hidden: readonly number[]; activation: Activation; dropout: number; rate: number; decay: number; smoothing: number; epochs: number; patience: number; batch: number };

export interface Plan {
  readonly matrix: Matrix;
  readonly inputs: Inputs;
  readonly net: DenseNet;
  readonly options: DenseOptions;
  /** Rows of weight above 0, in order. */
  readonly rows: Int32Array;
  readonly meanWeight: number;
  readonly batch: number;
  readonly epochs: number;
  readonly patience: number;
  readonly rate: number;
  readonly dropout: number;
  readonly smoothing: number;
  /** Regression: value = score * spread + shift; else 0 and 1. */
  readonly shift: number;
  readonly spread: number;
  readonly range: [number, number] | null;
  /** Scores before any feature is seen: log-odds or log rates. */
  readonly prior: Float64Array;
  /** From the loss of a row to the unit of the curve (mean squared error, log loss). */
  readonly unit: number;
}

export function planOf(matrix: Matrix, params: MlpParams, inputs: Inputs): Plan {
  const target = matrix.target!;
  const task = taskOf(target);
  const outputs = widthOf(task, target.kind === 'class' ? target.classes.length : 0);
  const rows = Int32Array.from({ length: matrix.rows }, (_, i) => i).filter((i) => !matrix.weight || matrix.weight[i] > 0);
  const { shift, spread, range } = valueScale(target, matrix.weight);
  const batch = Math.min(rows.length || 1, params.batch || batchFor(rows.length));
  let total = 0;
  for (const row of rows) total += matrix.weight ? matrix.weight[row] : 1;
  return {
    matrix, inputs, rows, batch, shift, spread, range,
    net: { sizes: [matrix.data.length, ...params.hidden, outputs], activation: params.activation, loss: task === 'regression' ? 'squared' : task === 'binary' ? 'sigmoid' : 'softmax' },
    options: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: params.decay },
    meanWeight: total / Math.max(1, rows.length),
    epochs: params.epochs || epochsFor(rows.length, Math.ceil(rows.length / batch), task),
    patience: params.patience,
    rate: params.rate,
    dropout: params.dropout,
    smoothing: task === 'regression' ? 0 : params.smoothing,
    prior: priorOf(target, rows, matrix.weight, outputs),
    unit: task === 'regression' ? 2 * spread * spread : 1,
  };
}

/** The truth of one row as the loss wants it. */
export function writeTruth(plan: Plan, target: Target, row: number, truth: Float32Array, at: number, smoothing: number): void {
  const { loss, sizes } = plan.net;
  const outputs = sizes[sizes.length - 1];
  if (target.kind === 'value') truth[at] = (target.values[row] - plan.shift) / plan.spread;
  else if (loss === 'sigmoid') truth[at] = (1 - smoothing) * (target.codes[row] === 1 ? 1 : 0) + smoothing / 2;
  else for (let k = 0; k < outputs; k++) truth[at + k] = (1 - smoothing) * (target.codes[row] === k ? 1 : 0) + smoothing / outputs;
}

/** The dense model: weights turned to a row per output, a regression's scale folded into the last layer. */
export function makeModel(plan: Plan, weights: readonly Float32Array[], task: Task): Model {
  const { sizes, activation } = plan.net;
  const { center, scale, fill, clip } = plan.inputs;
  const arrays: { [name: string]: Float32Array | Float64Array } = { center, scale, fill };
  for (let l = 0; l + 1 < sizes.length; l++) {
    const [n, m] = [sizes[l], sizes[l + 1]];
    const isLast = l + 2 === sizes.length;
    const w = new Float32Array(n * m);
    for (let i = 0; i < n; i++) for (let o = 0; o < m; o++) w[o * n + i] = weights[2 * l][i * m + o] * (isLast ? plan.spread : 1);
    arrays[`w${l}`] = w;
    arrays[`b${l}`] = isLast ? weights[2 * l + 1].map((b) => b * plan.spread + plan.shift) : weights[2 * l + 1];
  }
  const target = plan.matrix.target!;
  const json: DenseJson = { sizes: [...sizes], activation, clip, range: plan.range };
  return { type: 'dense', task, classes: target.kind === 'class' ? target.classes : [], features: sizes[0], json, arrays };
}

const batchFor = (rows: number): number => (rows < 1000 ? 32 : rows < 5000 ? 64 : rows < 20_000 ? 128 : rows < 100_000 ? 256 : rows < 500_000 ? 512 : 1024);
/**
 * Two passes at least; up to 12 for classes, whose labels are noisy and soon learnt by heart, and 32 for values, which are
 * approached slowly. Small data get the steps that AdamW needs to settle.
 */
function epochsFor(rows: number, steps: number, task: Task): number {
  const [visits, most, settle] = task === 'regression' ? [4e6, 32, 4000] : [2e6, 12, 1500];
  const byVisits = Math.min(most, Math.max(2, Math.ceil(visits / Math.max(1, rows))));
  return Math.max(byVisits, Math.min(200, Math.ceil(settle / Math.max(1, steps))));
}

function valueScale(target: Target, weight: Float32Array | null): { shift: number; spread: number; range: [number, number] | null } {
  if (target.kind === 'class') return { shift: 0, spread: 1, range: null };
  let [total, sum, squares, low, high] = [0, 0, 0, Infinity, -Infinity];
  target.values.forEach((y, row) => {
    const w = weight ? weight[row] : 1;
    total += w;
    sum += w * y;
    low = Math.min(low, y);
    high = Math.max(high, y);
  });
  const shift = total > 0 ? sum / total : 0;
  target.values.forEach((y, row) => (squares += (weight ? weight[row] : 1) * (y - shift) * (y - shift)));
  return { shift, spread: Math.sqrt(squares / Math.max(total, 1e-300)) || 1, range: [low, high] };
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
