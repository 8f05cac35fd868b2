// Gaussian-process regression in doubles, for small data and for the tuner: Matern 5/2 with a length for each feature, a
// constant signal variance and noise (Rasmussen & Williams 2006, algorithm 2.1); lengths, signal and noise maximise the log
// marginal likelihood (their 5.9) by resilient propagation (iRprop-, Igel & Huesken 2003), which needs signs of slopes alone.
import { BarnacleError } from '../../base/errors.ts';
import { exp, log } from '../../base/numerics.ts';
import { matern } from '../../models/gaussian-process.ts';

/** `points` is rows x features, `truth` has mean 0 and deviation 1; both belong to the caller. */
export interface ProcessData {
  readonly points: Float64Array;
  readonly features: number;
  readonly truth: Float64Array;
  /** Noise of a row = noise / weight; absent = 1. */
  readonly weight?: Float64Array;
}
/** Logarithms: one length for each feature, then the signal's and the noise's variance. */
export type ProcessSize = { readonly lengths: Float64Array; readonly signal: number; readonly noise: number };

export interface Process {
  readonly size: ProcessSize;
  /** (K + noise)^-1 truth. */
  readonly alpha: Float64Array;
  /** Log marginal likelihood of the truth. */
  readonly evidence: number;
  /** Mean and variance (without noise) at points of the same features. */
  at(points: Float64Array): { mean: Float64Array; variance: Float64Array };
}

/** Noise is raised until the matrix factors; throws numeric-failure when it never does (points that are no numbers). O(rows^3) time, O(rows^2) memory. */
export function openProcess(data: ProcessData, size: ProcessSize): Process {
  const { rows, lower, alpha, evidence } = factor(data, size);
  const signal = exp(size.signal);
  const inverse = size.lengths.map((l) => exp(-l));
  return {
    size,
    alpha,
    evidence,
    at(points) {
      const count = data.features ? points.length / data.features : 0;
      const [mean, variance] = [new Float64Array(count), new Float64Array(count)];
      const k = new Float64Array(rows);
      for (let q = 0; q < count; q++) {
        for (let p = 0; p < rows; p++) {
          k[p] = signal * matern(squaredGap(points, q, data.points, p, inverse));
          mean[q] += k[p] * alpha[p];
        }
        solveLower(lower, k, rows);
        let explained = 0;
        for (let p = 0; p < rows; p++) explained += k[p] * k[p];
        variance[q] = Math.max(0, signal - explained);
      }
      return { mean, variance };
    },
  };
}

/** The sizes of greatest evidence found from a neutral start. `seen` is told of each step and may end it by returning true. */
export async function sizeProcess(data: ProcessData, steps: number, seen: (step: number, evidence: number) => Promise<boolean>): Promise<ProcessSize> {
  const count = data.features + 2;
  const at = new Float64Array(count);
  at.fill(0.5 * log(Math.max(1, data.features)), 0, data.features);
  at[count - 1] = log(0.1);
  let best = Float64Array.from(at);
  let bestEvidence = -Infinity;
  const move = new Float64Array(count).fill(0.3);
  const before = new Float64Array(count);
  for (let step = 1; step <= steps; step++) {
    const { evidence, slope } = slopes(data, sizeOf(at));
    if (evidence > bestEvidence) [best, bestEvidence] = [Float64Array.from(at), evidence];
    if (await seen(step, bestEvidence)) break;
    for (let i = 0; i < count; i++) {
      const turn = slope[i] * before[i];
      move[i] = turn > 0 ? Math.min(1, move[i] * 1.2) : turn < 0 ? Math.max(1e-4, move[i] * 0.5) : move[i];
      before[i] = turn < 0 ? 0 : slope[i];
      at[i] = Math.min(bounds(i, count)[1], Math.max(bounds(i, count)[0], at[i] + Math.sign(before[i]) * move[i]));
    }
    if (move.every((m) => m < 1e-3)) break;
  }
  return sizeOf(best);
}

const sizeOf = (at: Float64Array): ProcessSize => ({ lengths: at.slice(0, -2), signal: at[at.length - 2], noise: at[at.length - 1] });
const bounds = (i: number, count: number): [number, number] => (i < count - 2 ? [-4, 6] : i === count - 2 ? [-6, 6] : [-14, 3]);

function squaredGap(a: Float64Array, i: number, b: Float64Array, j: number, inverse: Float64Array): number {
  const n = inverse.length;
  let sum = 0;
  for (let f = 0; f < n; f++) {
    const gap = (a[i * n + f] - b[j * n + f]) * inverse[f];
    sum += gap * gap;
  }
  return sum;
}

type Factored = { rows: number; kernel: Float64Array; lower: Float64Array; alpha: Float64Array; evidence: number };

function factor({ points, truth, weight }: ProcessData, size: ProcessSize): Factored {
  const rows = truth.length;
  const inverse = size.lengths.map((l) => exp(-l));
  const signal = exp(size.signal);
  const kernel = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j <= i; j++) kernel[i * rows + j] = kernel[j * rows + i] = signal * matern(squaredGap(points, i, points, j, inverse));
  for (let noise = Math.max(exp(size.noise), 1e-10 * signal); ; noise *= 10) {
    const lower = Float64Array.from(kernel);
    for (let i = 0; i < rows; i++) lower[i * rows + i] += noise / (weight ? weight[i] : 1);
    if (!cholesky(lower, rows)) {
      if (noise < Infinity) continue;
      throw new BarnacleError('numeric-failure', 'the kernel matrix of the Gaussian process does not factor: a feature or the target holds values that are no numbers; clip them', { where: 'gaussian-process', value: 'NaN' });
    }
    const alpha = Float64Array.from(truth);
    solveLower(lower, alpha, rows);
    let evidence = -0.5 * rows * log(2 * Math.PI);
    for (let i = 0; i < rows; i++) evidence -= 0.5 * alpha[i] * alpha[i] + log(lower[i * rows + i]);
    solveUpper(lower, alpha, rows);
    return { rows, kernel, lower, alpha, evidence };
  }
}

/** Evidence and its slope by each size: half the trace of (alpha alpha' - inverse) times the kernel's slope. */
function slopes(data: ProcessData, size: ProcessSize): { evidence: number; slope: Float64Array } {
  const { rows, kernel, lower, alpha, evidence } = factor(data, size);
  const inverse = invert(lower, rows);
  const n = data.features;
  const slope = new Float64Array(n + 2);
  const lengths = size.lengths.map((l) => exp(-l));
  const [signal, noise] = [exp(size.signal), exp(size.noise)];
  const gaps = new Float64Array(n);
  for (let i = 0; i < rows; i++) {
    slope[n + 1] += (0.5 * (alpha[i] * alpha[i] - inverse[i * rows + i]) * noise) / (data.weight ? data.weight[i] : 1);
    slope[n] += 0.5 * (alpha[i] * alpha[i] - inverse[i * rows + i]) * kernel[i * rows + i];
    for (let j = 0; j < i; j++) {
      const pull = alpha[i] * alpha[j] - inverse[i * rows + j];
      slope[n] += pull * kernel[i * rows + j];
      let squared = 0;
      for (let f = 0; f < n; f++) {
        const gap = (data.points[i * n + f] - data.points[j * n + f]) * lengths[f];
        gaps[f] = gap * gap;
        squared += gaps[f];
      }
      const r = Math.sqrt(5 * squared);
      const common = pull * signal * (5 / 3) * (1 + r) * exp(-r);
      for (let f = 0; f < n; f++) slope[f] += common * gaps[f];
    }
  }
  return { evidence, slope };
}

/** In place, lower triangle; false when it is not positive definite. */
function cholesky(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0, p = i * n, q = j * n; k < j; k++) sum -= a[p + k] * a[q + k];
      if (i === j) {
        if (!(sum > 0)) return false;
        a[i * n + i] = Math.sqrt(sum);
      } else a[i * n + j] = sum / a[j * n + j];
    }
  }
  return true;
}

function solveLower(lower: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= lower[i * n + k] * b[k];
    b[i] = sum / lower[i * n + i];
  }
}

function solveUpper(lower: Float64Array, b: Float64Array, n: number): void {
  for (let i = n - 1; i >= 0; i--) {
    b[i] /= lower[i * n + i];
    for (let k = 0; k < i; k++) b[k] -= lower[i * n + k] * b[i];
  }
}

/** The whole inverse from its factor: L^-1 row by row, then its transpose times itself. */
function invert(lower: Float64Array, n: number): Float64Array {
  const root = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    root[i * n + i] = 1 / lower[i * n + i];
    for (let k = 0; k < i; k++) {
      const factorOf = lower[i * n + k] / lower[i * n + i];
      for (let j = 0; j <= k; j++) root[i * n + j] -= factorOf * root[k * n + j];
    }
  }
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i <= k; i++) {
      const own = root[k * n + i];
      for (let j = 0; j <= i; j++) out[i * n + j] += own * root[k * n + j];
    }
  }
  return out;
}
