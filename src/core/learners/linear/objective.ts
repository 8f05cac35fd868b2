// Parameters -> penalised loss, gradient and (on request) Hessian over the training rows, in one pass of blocks.
// Loss = sum over rows of weight * (log loss, softmax loss, or half the squared error) + half the sum of penalty * theta^2.
// theta[k * (features + 1) + j]; the intercept is not penalised. Sums are doubles in row order: equal data, equal bits.
import { exp, log, log1p } from '../../base/numerics.ts';
import type { WorkContext } from '../../base/task.ts';
import type { Matrix } from '../../table/matrix.ts';
import { addCurvature } from './curvature.ts';
import { blockRows, fillBlock, makeBlock, type Block, type Design } from './design.ts';

export type Loss = 'squared' | 'logistic' | 'softmax';

/** What is fitted: classes as 0..outputs-1 (logistic: 0 or 1), or standardised values. */
export interface Problem {
  readonly matrix: Matrix;
  readonly design: Design;
  readonly loss: Loss;
  readonly outputs: number;
  readonly truth: Float64Array;
  /** One per parameter, >= 0. */
  readonly penalty: Float64Array;
}

export interface Point {
  readonly theta: Float64Array;
  readonly value: number;
  /** The loss alone, per unit of weight. */
  readonly mean: number;
  readonly gradient: Float64Array;
  /** Row-major upper triangle of a square matrix, or null when it was not asked for. */
  readonly hessian: Float64Array | null;
}

/** Multiply-adds between two breaths: about 10 ms. */
const beatWork = 1e7;

/** Null when the person said stop during the pass. */
export async function evaluatePoint(problem: Problem, theta: Float64Array, wantHessian: boolean, context: WorkContext): Promise<Point | null> {
  const { matrix, design, loss, outputs, truth, penalty } = problem;
  const d = design.features + 1;
  const gradient = new Float64Array(outputs * d);
  const pairs = wantHessian ? Array.from({ length: (outputs * (outputs + 1)) / 2 }, () => new Float64Array(d * d)) : null;
  const block = makeBlock(design);
  const scores = new Float64Array(outputs * blockRows);
  const slopes = new Float64Array(outputs * blockRows);
  const weights = new Float64Array(blockRows).fill(1);
  const beat = Math.max(1, Math.floor(beatWork / (blockRows * (wantHessian ? hessianWork(problem) : gradientWork(problem)))));
  let [value, total] = [0, 0];
  for (let from = 0, n = 0; from < matrix.rows; from += blockRows, n++) {
    if (n % beat === 0 && (await context.breathe()) === 'stop') return null;
    const rows = Math.min(matrix.rows - from, blockRows);
    fillBlock(design, matrix, from, from + rows, block);
    score(design, block, rows, theta, scores, outputs);
    if (matrix.weight) for (let r = 0; r < rows; r++) weights[r] = matrix.weight[from + r];
    for (let r = 0; r < rows; r++) {
      value += weights[r] * said(loss, scores, slopes, outputs, r, truth[from + r]);
      total += weights[r];
    }
    for (let k = 0; k < outputs; k++) for (let r = 0; r < rows; r++) slopes[k * blockRows + r] *= weights[r];
    addGradient(design, block, rows, slopes, outputs, gradient);
    if (pairs) addCurvature(loss, design, block, rows, scores, weights, outputs, pairs);
  }
  const mean = value / Math.max(total, 1e-300);
  for (let p = 0; p < theta.length; p++) {
    value += 0.5 * penalty[p] * theta[p] * theta[p];
    gradient[p] += penalty[p] * theta[p];
  }
  return { theta, value, mean, gradient, hessian: pairs ? assemble(pairs, outputs, d, penalty) : null };
}

/** Mean loss of rows with a truth, without the penalty; the learning curve's validation line. */
export function meanLoss(problem: Pick<Problem, 'matrix' | 'design' | 'loss' | 'outputs' | 'truth'>, theta: Float64Array): number {
  const { matrix, design, loss, outputs, truth } = problem;
  const block = makeBlock(design);
  const scores = new Float64Array(outputs * blockRows);
  const slopes = new Float64Array(outputs * blockRows);
  let [value, total] = [0, 0];
  for (let from = 0; from < matrix.rows; from += blockRows) {
    const rows = Math.min(matrix.rows - from, blockRows);
    fillBlock(design, matrix, from, from + rows, block);
    score(design, block, rows, theta, scores, outputs);
    for (let r = 0; r < rows; r++) {
      const weight = matrix.weight ? matrix.weight[from + r] : 1;
      value += weight * said(loss, scores, slopes, outputs, r, truth[from + r]);
      total += weight;
    }
  }
  return value / Math.max(total, 1e-300);
}

/** Multiply-adds for one row of a pass without and with the Hessian. */
export const gradientWork = ({ design, outputs }: Problem): number => 2 * outputs * (design.dense.length + 2 * design.entries) + design.dense.length + 4 * design.sparse.length + 40 * outputs;
export function hessianWork(problem: Problem): number {
  const { design, outputs } = problem;
  const pairs = (outputs * (outputs + 1)) / 2;
  return gradientWork(problem) + pairs * ((design.dense.length ** 2 / 2) + 3 * design.entries * (design.dense.length + design.entries / 2));
}

function score(design: Design, block: Block, rows: number, theta: Float64Array, scores: Float64Array, outputs: number): void {
  const d = design.features + 1;
  scores.fill(0);
  for (let k = 0; k < outputs; k++) {
    const to = k * blockRows;
    for (let c = 0; c < design.dense.length; c++) {
      const t = theta[k * d + design.dense[c]];
      const at = c * blockRows;
      if (t !== 0) for (let r = 0; r < rows; r++) scores[to + r] += t * block.dense[at + r];
    }
    for (let r = 0; r < rows; r++) {
      const end = r * block.stride + block.count[r];
      let sum = 0;
      for (let a = r * block.stride; a < end; a++) sum += theta[k * d + block.index[a]] * block.value[a];
      scores[to + r] += sum;
    }
  }
}

function addGradient(design: Design, block: Block, rows: number, slopes: Float64Array, outputs: number, gradient: Float64Array): void {
  const d = design.features + 1;
  for (let k = 0; k < outputs; k++) {
    const from = k * blockRows;
    for (let c = 0; c < design.dense.length; c++) {
      const at = c * blockRows;
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += slopes[from + r] * block.dense[at + r];
      gradient[k * d + design.dense[c]] += sum;
    }
    for (let r = 0; r < rows; r++) {
      const g = slopes[from + r];
      const end = r * block.stride + block.count[r];
      for (let a = r * block.stride; a < end; a++) gradient[k * d + block.index[a]] += g * block.value[a];
    }
  }
}

/** The row's loss; leaves what is said (prediction or probabilities) in scores and the slope of the loss in slopes. */
function said(loss: Loss, scores: Float64Array, slopes: Float64Array, outputs: number, r: number, y: number): number {
  const m = scores[r];
  if (loss === 'squared') {
    slopes[r] = m - y;
    return 0.5 * (m - y) * (m - y);
  }
  if (loss === 'logistic') {
    const e = exp(m < 0 ? m : -m);
    const p = m >= 0 ? 1 / (1 + e) : e / (1 + e);
    scores[r] = p;
    slopes[r] = p - y;
    return (m > 0 ? m : 0) + log1p(e) - y * m;
  }
  let top = -Infinity;
  for (let k = 0, at = r; k < outputs; k++, at += blockRows) if (scores[at] > top) top = scores[at];
  const own = scores[y * blockRows + r] - top;
  let sum = 0;
  for (let k = 0, at = r; k < outputs; k++, at += blockRows) sum += scores[at] = exp(scores[at] - top);
  for (let k = 0, at = r; k < outputs; k++, at += blockRows) {
    scores[at] /= sum;
    slopes[at] = scores[at] - (k === y ? 1 : 0);
  }
  return log(sum) - own;
}

function assemble(pairs: readonly Float64Array[], outputs: number, d: number, penalty: Float64Array): Float64Array {
  const n = outputs * d;
  const out = new Float64Array(n * n);
  for (let k = 0, pair = 0; k < outputs; k++) {
    for (let l = k; l < outputs; l++, pair++) {
      for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) out[(k * d + i) * n + l * d + j] = pairs[pair][i <= j ? i * d + j : j * d + i];
    }
  }
  for (let p = 0; p < n; p++) out[p * n + p] += penalty[p];
  return out;
}
