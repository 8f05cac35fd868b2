// Quantile regression, exactly: the linear programme in its dual, by the interior-point method of Portnoy & Koenker (1997,
// "Frisch-Newton" with Mehrotra's corrector; R's quantreg). Each iteration is one weighted Gram matrix and a few passes over the rows.
// In: standardised columns, truth, quantile. Out: the parameters. A row of weight w counts as w rows.
import type { WorkContext } from '../../base/task.ts';
import { factorSymmetric, solveFactored } from './cholesky.ts';
import { addGram } from './curvature.ts';
import { blockRows, fillBlock, makeBlock } from './design.ts';
import { addGradient, eachScored, type Problem } from './objective.ts';

export type QuantilePoint = { readonly theta: Float64Array; /** Weighted mean pinball loss. */ readonly mean: number; /** Duality gap over the loss. */ readonly gap: number };

const share = 0.9995;

/** Null when stopped before the first iteration; `seen` after each. Ends at a duality gap of 1e-11 of the loss. */
export async function fitQuantile(problem: Problem, quantile: number, iterations: number, context: WorkContext, seen: (point: QuantilePoint, iteration: number) => void): Promise<QuantilePoint | null> {
  const { matrix, design, truth } = problem;
  const n = matrix.rows;
  const d = design.features + 1;
  const weight = (i: number): number => (matrix.weight ? matrix.weight[i] : 1);
  const sumsOf = (values: Float64Array) => columnSums(problem, values);
  const scoresOf = (theta: Float64Array, out: Float64Array) => eachScored(matrix, design, 1, theta, (scores, from, rows) => { for (let r = 0; r < rows; r++) out[from + r] = scores[r]; });
  const [x, s, z, w] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const [q, t, fit, dx, dz, dw, room] = Array.from({ length: 7 }, () => new Float64Array(n));
  const caps = Float64Array.from({ length: n }, (_, i) => weight(i));
  const goal = sumsOf(caps.map((c) => (1 - quantile) * c));
  for (let i = 0; i < n; i++) [x[i], s[i]] = [(1 - quantile) * caps[i], quantile * caps[i]];
  let theta: Float64Array = leastSquares(gramOf(problem, caps), sumsOf(truth.map((y, i) => y * caps[i])));
  scoresOf(theta, fit);
  let size = 0;
  for (let i = 0; i < n; i++) size += Math.abs(truth[i] - fit[i]) * caps[i];
  const floor = 1e-3 * Math.max(size / n, 1e-12);
  for (let i = 0; i < n; i++) {
    // Cost c = -truth; its residual c + fit splits into z - w, both kept away from 0.
    const off = fit[i] - truth[i];
    z[i] = Math.max(off, 0) + floor;
    w[i] = Math.max(-off, 0) + floor;
  }
  let best: QuantilePoint | null = null;
  for (let iteration = 0; iteration <= iterations; iteration++) {
    if ((await context.breathe()) === 'stop') return best;
    scoresOf(theta, fit);
    let [gap, loss, total] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const off = truth[i] - fit[i];
      loss += caps[i] * (off > 0 ? quantile * off : (quantile - 1) * off);
      total += caps[i];
      gap += z[i] * x[i] + w[i] * s[i];
    }
    const point = { theta, mean: loss / Math.max(total, 1e-300), gap: gap / Math.max(loss, 1e-300) };
    if (best === null || point.mean <= best.mean) best = point;
    if (iteration > 0) seen(best, iteration);
    if (gap <= 1e-11 * loss || loss <= 1e-14 * size || iteration === iterations) return best;

    for (let i = 0; i < n; i++) {
      q[i] = caps[i] > 0 ? 1 / (z[i] / x[i] + w[i] / s[i]) : 0;
      // The dual residual c + fit - z + w: 0 but for the start's floor.
      room[i] = fit[i] - truth[i] - z[i] + w[i];
      t[i] = q[i] * (z[i] - w[i] + room[i]);
    }
    const factor = factorSymmetric(gramOf(problem, q), d);
    const short = sumsOf(x).map((have, p) => goal[p] - have);
    const solve = (): Float64Array => {
      const rhs = sumsOf(t).map((v, p) => v + short[p]);
      solveFactored(factor, rhs);
      return rhs.map((v) => -v);
    };
    // Newton: with dtheta = -dy, dx = q (X dy' - t/q) in Koenker's signs.
    let move = solve();
    scoresOf(move, fit);
    for (let i = 0; i < n; i++) {
      if (caps[i] === 0) continue;
      dx[i] = -(q[i] * fit[i]) - t[i];
      dz[i] = -z[i] * (1 + dx[i] / x[i]);
      dw[i] = -w[i] * (1 - dx[i] / s[i]);
    }
    let [primal, dual] = lengths(x, s, z, w, dx, dz, dw, caps);
    if (Math.min(primal, dual) < 1) {
      let [mu, ahead] = [0, 0];
      for (let i = 0; i < n; i++) {
        if (caps[i] === 0) continue;
        mu += z[i] * x[i] + w[i] * s[i];
        ahead += (z[i] + dual * dz[i]) * (x[i] + primal * dx[i]) + (w[i] + dual * dw[i]) * (s[i] - primal * dx[i]);
      }
      const centre = (mu * (ahead / mu) ** 3) / (2 * n);
      for (let i = 0; i < n; i++) {
        if (caps[i] === 0) continue;
        const [onX, onS] = [dx[i] * dz[i], -dx[i] * dw[i]];
        const aim = z[i] - w[i] + room[i] - centre * (1 / x[i] - 1 / s[i]) + onX / x[i] - onS / s[i];
        t[i] = q[i] * aim;
        dz[i] = onX;
        dw[i] = onS;
      }
      move = solve();
      scoresOf(move, fit);
      for (let i = 0; i < n; i++) {
        if (caps[i] === 0) continue;
        const [onX, onS] = [dz[i], dw[i]];
        dx[i] = -(q[i] * fit[i]) - t[i];
        dz[i] = (centre - onX - z[i] * dx[i]) / x[i] - z[i];
        dw[i] = (centre - onS + w[i] * dx[i]) / s[i] - w[i];
      }
      [primal, dual] = lengths(x, s, z, w, dx, dz, dw, caps);
    }
    for (let i = 0; i < n; i++) {
      if (caps[i] === 0) continue;
      x[i] += primal * dx[i];
      s[i] -= primal * dx[i];
      z[i] += dual * dz[i];
      w[i] += dual * dw[i];
    }
    theta = theta.map((value, p) => value + dual * move[p]);
  }
  return best;
}

/** How far the primal and the dual may go. */
function lengths(x: Float64Array, s: Float64Array, z: Float64Array, w: Float64Array, dx: Float64Array, dz: Float64Array, dw: Float64Array, caps: Float64Array): [number, number] {
  let [primal, dual] = [1e20, 1e20];
  for (let i = 0; i < x.length; i++) {
    if (caps[i] === 0) continue;
    if (dx[i] < 0) primal = Math.min(primal, -x[i] / dx[i]);
    else if (dx[i] > 0) primal = Math.min(primal, s[i] / dx[i]);
    if (dz[i] < 0) dual = Math.min(dual, -z[i] / dz[i]);
    if (dw[i] < 0) dual = Math.min(dual, -w[i] / dw[i]);
  }
  return [Math.min(1, share * primal), Math.min(1, share * dual)];
}

function leastSquares(gram: Float64Array, sums: Float64Array): Float64Array {
  const out = sums.slice();
  solveFactored(factorSymmetric(gram, sums.length), out);
  return out;
}

function gramOf({ matrix, design, kernels }: Problem, h: Float64Array): Float64Array {
  const d = design.features + 1;
  const sums = new Float64Array(d * d);
  const block = makeBlock(design, kernels);
  for (let from = 0; from < matrix.rows; from += blockRows) {
    const rows = Math.min(matrix.rows - from, blockRows);
    fillBlock(design, matrix, from, from + rows, block);
    addGram(design, block, rows, h.subarray(from, from + rows), sums);
  }
  block.fast?.close();
  return sums;
}

function columnSums({ matrix, design, kernels }: Problem, values: Float64Array): Float64Array {
  const sums = new Float64Array(design.features + 1);
  const block = makeBlock(design, kernels);
  for (let from = 0; from < matrix.rows; from += blockRows) {
    const rows = Math.min(matrix.rows - from, blockRows);
    fillBlock(design, matrix, from, from + rows, block);
    addGradient(design, block, rows, values.subarray(from, from + rows), 1, sums);
  }
  block.fast?.close();
  return sums;
}
