// Parameters -> penalised loss, gradient and (on request) Hessian over the training rows, in one pass of blocks.
// Loss = sum over rows of weight * (log loss, softmax loss, or half the squared error) + half the sum of penalty * theta^2.
// theta[k * (features + 1) + j]; the intercept is not penalised. Sums are doubles in row order: equal data, equal bits.
import { exp, log, log1p } from '../../base/numerics.ts';
import type { WorkContext } from '../../base/task.ts';
import type { Matrix } from '../../table/matrix.ts';
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

/** Null when the person said stop during the pass. */
export async function evaluatePoint(problem: Problem, theta: Float64Array, wantHessian: boolean, context: WorkContext): Promise<Point | null> {
  const { matrix, design, loss, outputs, truth, penalty } = problem;
  const d = design.features + 1;
  const gradient = new Float64Array(outputs * d);
  const pairs = wantHessian ? Array.from({ length: (outputs * (outputs + 1)) / 2 }, () => new Float64Array(d * d)) : null;
  const block = makeBlock(design.features);
  const scores = new Float64Array(outputs);
  const beat = Math.max(1, Math.floor(4e6 / (blockRows * design.density * outputs * (wantHessian ? (design.density * (outputs + 1)) / 4 + 1 : 1))));
  let [value, total] = [0, 0];
  for (let from = 0, n = 0; from < matrix.rows; from += blockRows, n++) {
    if (n % beat === 0 && (await context.breathe()) === 'stop') return null;
    const to = Math.min(matrix.rows, from + blockRows);
    fillBlock(design, matrix, from, to, block);
    for (let r = 0; r < to - from; r++) {
      const weight = matrix.weight ? matrix.weight[from + r] : 1;
      if (weight === 0) continue;
      total += weight;
      score(block, r, theta, scores, d);
      value += weight * residuals(loss, scores, truth[from + r]);
      const [start, end] = [r * d, r * d + block.count[r]];
      if (pairs) curvature(loss, scores, truth[from + r], weight, block, start, end, pairs, d);
      for (let k = 0; k < outputs; k++) {
        const g = weight * (loss === 'softmax' && truth[from + r] === k ? scores[k] - 1 : scores[k]);
        const base = k * d;
        for (let a = start; a < end; a++) gradient[base + block.index[a]] += g * block.value[a];
      }
    }
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
  const block = makeBlock(design.features);
  const scores = new Float64Array(outputs);
  let [value, total] = [0, 0];
  for (let from = 0; from < matrix.rows; from += blockRows) {
    const to = Math.min(matrix.rows, from + blockRows);
    fillBlock(design, matrix, from, to, block);
    for (let r = 0; r < to - from; r++) {
      const weight = matrix.weight ? matrix.weight[from + r] : 1;
      score(block, r, theta, scores, design.features + 1);
      value += weight * residuals(loss, scores, truth[from + r]);
      total += weight;
    }
  }
  return value / Math.max(total, 1e-300);
}

function score(block: Block, r: number, theta: Float64Array, scores: Float64Array, d: number): void {
  const { index, value } = block;
  const [start, end] = [r * d, r * d + block.count[r]];
  for (let k = 0; k < scores.length; k++) {
    let sum = 0;
    const base = k * d;
    for (let a = start; a < end; a++) sum += theta[base + index[a]] * value[a];
    scores[k] = sum;
  }
}

/** Turns scores into residuals (logistic, squared: prediction - truth; softmax: probabilities) and returns the row's loss. */
function residuals(loss: Loss, scores: Float64Array, y: number): number {
  const m = scores[0];
  if (loss === 'squared') {
    scores[0] = m - y;
    return 0.5 * scores[0] * scores[0];
  }
  if (loss === 'logistic') {
    const e = exp(m < 0 ? m : -m);
    scores[0] = (m >= 0 ? 1 / (1 + e) : e / (1 + e)) - y;
    return (m > 0 ? m : 0) + log1p(e) - y * m;
  }
  let top = -Infinity;
  for (let k = 0; k < scores.length; k++) if (scores[k] > top) top = scores[k];
  let sum = 0;
  const own = scores[y] - top;
  for (let k = 0; k < scores.length; k++) sum += scores[k] = exp(scores[k] - top);
  for (let k = 0; k < scores.length; k++) scores[k] /= sum;
  return log(sum) - own;
}

function curvature(loss: Loss, scores: Float64Array, y: number, weight: number, block: Block, start: number, end: number, pairs: Float64Array[], d: number): void {
  const { index, value } = block;
  for (let k = 0, pair = 0; k < scores.length; k++) {
    for (let l = k; l < scores.length; l++, pair++) {
      const p = loss === 'logistic' ? scores[0] + y : scores[k];
      const h = weight * (loss === 'squared' ? 1 : k === l ? p * (1 - p) : -p * scores[l]);
      const sums = pairs[pair];
      for (let a = start; a < end; a++) {
        const t = h * value[a];
        const row = index[a] * d;
        for (let b = a; b < end; b++) sums[row + index[b]] += t * value[b];
      }
    }
  }
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
