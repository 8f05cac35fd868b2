// Parameters -> penalised loss, gradient and (on request) Hessian over the training rows, in one pass of blocks.
// Loss = sum over rows of weight * loss (loss.ts) + half the sum of penalty * theta^2.
// theta[k * (features + 1) + j], the intercept last. Sums are doubles in row order: equal data, equal bits.
import type { WorkContext } from '../../base/task.ts';
import type { Matrix } from '../../table/matrix.ts';
import { addGram } from './curvature.ts';
import type { BlockKernels } from './block-kernels.ts';
import { blockRows, fillBlock, makeBlock, type Block, type Design } from './design.ts';
import { lossOfRows, type Loss, type LossRows } from './loss.ts';

/** What is fitted: classes as 0..outputs-1 (logistic, hinge: 0 or 1), or values. */
export interface Problem {
  readonly matrix: Matrix;
  readonly design: Design;
  readonly loss: Loss;
  /** Power of tweedie, width of the tube; else unused. */
  readonly shape?: number;
  readonly outputs: number;
  readonly truth: Float64Array;
  /** One per parameter, >= 0. */
  readonly penalty: Float64Array;
  /** Faster loops with the same bits; absent = the plain ones. */
  readonly kernels?: BlockKernels | null;
}

/** The Hessian that is wanted: none, the whole, or only its blocks of one output each (the others are left 0). */
export type Wanted = 'gradient' | 'whole' | 'blocks';

export interface Point {
  readonly theta: Float64Array;
  readonly value: number;
  /** The loss alone, per unit of weight. */
  readonly mean: number;
  readonly gradient: Float64Array;
  /** For each pair of outputs k, l >= k in order the upper triangle of a (features + 1) square, without the penalty; null = not asked for, or left out. */
  readonly pairs: readonly (Float64Array | null)[] | null;
}

/** Multiply-adds between two breaths: about 10 ms. */
const beatWork = 1e7;

/** Null when the person said stop during the pass. */
export async function evaluatePoint(problem: Problem, theta: Float64Array, wanted: Wanted, context: WorkContext): Promise<Point | null> {
  const { matrix, design, outputs, truth, penalty } = problem;
  const d = design.features + 1;
  const gradient = new Float64Array(outputs * d);
  const pairs = wanted === 'gradient' ? null : pairsOf(outputs, (k, l) => (wanted === 'whole' || k === l ? new Float64Array(d * d) : null));
  const block = makeBlock(design, problem.kernels);
  const [scores, slopes, bends] = [new Float64Array(outputs * blockRows), new Float64Array(outputs * blockRows), new Float64Array(blockRows)];
  const weights = new Float64Array(blockRows).fill(1);
  const beat = Math.max(1, Math.floor(beatWork / (blockRows * (pairs ? hessianWork(problem) : gradientWork(problem)))));
  let [value, total] = [0, 0];
  for (let from = 0, n = 0; from < matrix.rows; from += blockRows, n++) {
    if (n % beat === 0 && (await context.breathe()) === 'stop') {
      block.fast?.close();
      return null;
    }
    const rows = Math.min(matrix.rows - from, blockRows);
    fillBlock(design, matrix, from, from + rows, block);
    addScores(design, block, rows, theta, scores, outputs);
    if (matrix.weight) for (let r = 0; r < rows; r++) weights[r] = matrix.weight[from + r];
    if (matrix.weight) for (let r = 0; r < rows; r++) total += weights[r];
    else total += rows;
    value += lossOfBlock(problem, block, { rows, truth, from, weights, outputs, shape: problem.shape ?? 0 }, scores, slopes, bends);
    addGradient(design, block, rows, slopes, outputs, gradient);
    if (pairs) addPairs(problem, block, rows, weights, scores, bends, pairs);
  }
  block.fast?.close();
  const mean = value / Math.max(total, 1e-300);
  for (let p = 0; p < theta.length; p++) {
    value += 0.5 * penalty[p] * theta[p] * theta[p];
    gradient[p] += penalty[p] * theta[p];
  }
  return { theta, value, mean, gradient, pairs };
}

function lossOfBlock({ loss, kernels }: Problem, { fast }: Block, of: LossRows, scores: Float64Array, slopes: Float64Array, bends: Float64Array): number {
  if (kernels && loss === 'softmax') return kernels.softmax(of.rows, of.outputs, of.truth, of.from, of.weights, scores, slopes);
  if (fast && (loss === 'logistic' || loss === 'poisson')) return fast.loss(loss, of.rows, of.truth, of.from, of.weights, scores, slopes, bends);
  return lossOfRows(loss, of, scores, slopes, bends);
}

/** Mean loss of rows with a truth, without the penalty; the learning curve's validation line. */
export function meanLoss(problem: Omit<Problem, 'penalty'>, theta: Float64Array): number {
  const { matrix, outputs, truth } = problem;
  const [slopes, bends] = [new Float64Array(outputs * blockRows), new Float64Array(blockRows)];
  const weights = new Float64Array(blockRows).fill(1);
  let [value, total] = [0, 0];
  eachScored(problem.matrix, problem.design, outputs, theta, (scores, from, rows) => {
    if (matrix.weight) for (let r = 0; r < rows; r++) weights[r] = matrix.weight[from + r];
    for (let r = 0; r < rows; r++) total += weights[r];
    value += lossOfRows(problem.loss, { rows, truth, from, weights, outputs, shape: problem.shape ?? 0 }, scores, slopes, bends);
  });
  return value / Math.max(total, 1e-300);
}

/** Calls `seen` with the scores of each block of rows. */
export function eachScored(matrix: Matrix, design: Design, outputs: number, theta: Float64Array, seen: (scores: Float64Array, from: number, rows: number) => void): void {
  const block = makeBlock(design);
  const scores = new Float64Array(outputs * blockRows);
  for (let from = 0; from < matrix.rows; from += blockRows) {
    const rows = Math.min(matrix.rows - from, blockRows);
    fillBlock(design, matrix, from, from + rows, block);
    addScores(design, block, rows, theta, scores, outputs);
    seen(scores, from, rows);
  }
}

/** Multiply-adds for one row of a pass without and with the Hessian. */
export const gradientWork = ({ design, outputs }: Problem): number => 2 * outputs * (design.dense.length + 2 * design.entries) + design.dense.length + 4 * design.sparse.length + 40 * outputs;
export function hessianWork(problem: Problem): number {
  const { design, outputs } = problem;
  const pairs = (outputs * (outputs + 1)) / 2;
  return gradientWork(problem) + pairs * (design.dense.length ** 2 / 2 + 3 * design.entries * (design.dense.length + design.entries / 2));
}

/** The whole Hessian with the penalty, row-major; throws nothing when pairs were left out: they count as 0. */
export function wholeHessian({ design, outputs, penalty }: Problem, pairs: readonly (Float64Array | null)[], scale = 1): Float64Array {
  const d = design.features + 1;
  const n = outputs * d;
  const out = new Float64Array(n * n);
  for (let k = 0, pair = 0; k < outputs; k++) {
    for (let l = k; l < outputs; l++, pair++) {
      const sums = pairs[pair];
      if (sums) for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) out[(k * d + i) * n + l * d + j] = scale * sums[i <= j ? i * d + j : j * d + i];
    }
  }
  for (let p = 0; p < n; p++) out[p * n + p] += penalty[p];
  return out;
}

function pairsOf<T>(outputs: number, make: (k: number, l: number) => T): T[] {
  const out: T[] = [];
  for (let k = 0; k < outputs; k++) for (let l = k; l < outputs; l++) out.push(make(k, l));
  return out;
}

function addPairs({ loss, design, outputs }: Problem, block: Block, rows: number, weights: Float64Array, said: Float64Array, bends: Float64Array, pairs: readonly (Float64Array | null)[]): void {
  for (let k = 0, pair = 0; k < outputs; k++) {
    for (let l = k; l < outputs; l++, pair++) {
      const sums = pairs[pair];
      if (!sums) continue;
      if (loss === 'softmax') for (let r = 0, a = k * blockRows, b = l * blockRows; r < rows; r++) bends[r] = weights[r] * said[a + r] * (k === l ? 1 - said[a + r] : -said[b + r]);
      addGram(design, block, rows, bends, sums);
    }
  }
}

export function addScores(design: Design, block: Block, rows: number, theta: Float64Array, scores: Float64Array, outputs: number): void {
  const d = design.features + 1;
  const { dense } = block;
  for (let k = 0; k < outputs; k++) {
    const to = k * blockRows;
    scores.fill(theta[k * d + design.features], to, to + rows);
    const columns = design.dense.length - 1;
    if (block.fast) {
      for (let c = 0; c <= columns; c++) block.picked[c] = theta[k * d + design.dense[c]];
      block.fast.scores(rows, block.picked, scores, to);
    } else for (let c = 0; c < columns; c += 4) {
      const [a, b] = [c * blockRows, Math.min(c + 1, columns - 1) * blockRows];
      const [e, f] = [Math.min(c + 2, columns - 1) * blockRows, Math.min(c + 3, columns - 1) * blockRows];
      const ta = theta[k * d + design.dense[c]];
      const tb = c + 1 < columns ? theta[k * d + design.dense[c + 1]] : 0;
      const te = c + 2 < columns ? theta[k * d + design.dense[c + 2]] : 0;
      const tf = c + 3 < columns ? theta[k * d + design.dense[c + 3]] : 0;
      for (let r = 0; r < rows; r++) scores[to + r] += ta * dense[a + r] + tb * dense[b + r] + (te * dense[e + r] + tf * dense[f + r]);
    }
    if (design.sparse.length === 0) continue;
    for (let r = 0; r < rows; r++) {
      const end = r * block.stride + block.count[r];
      let sum = 0;
      for (let a = r * block.stride; a < end; a++) sum += theta[k * d + block.index[a]] * block.value[a];
      scores[to + r] += sum;
    }
  }
}

export function addGradient(design: Design, block: Block, rows: number, slopes: Float64Array, outputs: number, gradient: Float64Array): void {
  const d = design.features + 1;
  const { dense } = block;
  const whole = rows & ~1;
  for (let k = 0; k < outputs; k++) {
    const from = k * blockRows;
    if (block.fast) {
      const totals = block.fast.sums(rows, slopes, from);
      for (let c = 0; c < design.dense.length; c++) gradient[k * d + design.dense[c]] += totals[c];
    } else for (let c = 0; c < design.dense.length; c += 2) {
      const isPair = c + 1 < design.dense.length;
      const a = c * blockRows;
      const b = isPair ? a + blockRows : a;
      let [s0, s1, t0, t1] = [0, 0, 0, 0];
      for (let r = 0; r < whole; r += 2) {
        const [p0, p1] = [slopes[from + r], slopes[from + r + 1]];
        s0 += p0 * dense[a + r];
        s1 += p1 * dense[a + r + 1];
        t0 += p0 * dense[b + r];
        t1 += p1 * dense[b + r + 1];
      }
      if (whole < rows) {
        s0 += slopes[from + whole] * dense[a + whole];
        t0 += slopes[from + whole] * dense[b + whole];
      }
      gradient[k * d + design.dense[c]] += s0 + s1;
      if (isPair) gradient[k * d + design.dense[c + 1]] += t0 + t1;
    }
    if (design.sparse.length === 0) continue;
    for (let r = 0; r < rows; r++) {
      const g = slopes[from + r];
      const end = r * block.stride + block.count[r];
      for (let a = r * block.stride; a < end; a++) gradient[k * d + block.index[a]] += g * block.value[a];
    }
  }
}
