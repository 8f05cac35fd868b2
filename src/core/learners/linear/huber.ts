// Huber regression with the scale estimated beside the weights (Owen 2007), as scikit-learn's HuberRegressor:
// the sum of weight * (scale + scale * H(residual / scale)) + penalty * theta^2, H(z) = z^2 up to epsilon, 2 epsilon |z| - epsilon^2 beyond.
// Jointly convex; damped Newton on weights and scale at once: rows within epsilon bend it, as if residual / scale were one more column.
import type { WorkContext } from '../../base/task.ts';
import { solveSymmetric } from './cholesky.ts';
import { addGram } from './curvature.ts';
import { blockRows, fillBlock, makeBlock } from './design.ts';
import { addGradient, addScores, type Problem } from './objective.ts';
import { weightOf } from './weight-of.ts';

/** `hessian` is (features + 2) square, upper triangle, the scale last. */
export type HuberPoint = { readonly theta: Float64Array; readonly scale: number; readonly value: number; readonly gradient: Float64Array; readonly hessian: Float64Array; readonly outliers: number };
type At = (theta: Float64Array, scale: number) => Promise<HuberPoint | null>;

/** Null when stopped before the first pass; `seen` after each iteration. The problem's penalty is the alpha of scikit-learn: whole, not half. */
export async function fitHuber(problem: Problem, epsilon: number, iterations: number, context: WorkContext, seen: (point: HuberPoint, iteration: number) => void): Promise<HuberPoint | null> {
  const d = problem.design.features + 1;
  const at: At = (theta, scale) => huberAt(problem, theta, scale, epsilon, context);
  let best = await at(new Float64Array(d), 1);
  if (!best) return null;
  seen(best, 0);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const n = d + 1;
    const bent = best.hessian.slice();
    for (let p = 0; p < n; p++) bent[p * n + p] = bent[p * n + p] * (1 + 1e-12) + 1e-10 * weightOf(problem);
    const step = solveSymmetric(bent, best.gradient);
    const gain = step.reduce((sum, s, p) => sum + s * best!.gradient[p], 0);
    if (!(gain > 1e-15 * Math.abs(best.value))) return best;
    let next: HuberPoint | null = null;
    for (let size = 1; size > 1e-9; size /= 2) {
      const scale: number = best.scale - size * step[d];
      if (!(scale > 1e-12)) continue;
      const tried: HuberPoint | null = await at(best.theta.map((t, p) => t - size * step[p]), scale);
      if (!tried) return best;
      if (tried.value < best.value - 1e-4 * size * gain) {
        next = tried;
        break;
      }
    }
    if (!next) return best;
    best = next;
    seen(best, iteration);
  }
  return best;
}

async function huberAt({ matrix, design, truth, penalty, kernels }: Problem, theta: Float64Array, scale: number, epsilon: number, context: WorkContext): Promise<HuberPoint | null> {
  const d = design.features + 1;
  const n = d + 1;
  const block = makeBlock(design, kernels);
  const [scores, slopes, bends, cross] = [new Float64Array(blockRows), new Float64Array(blockRows), new Float64Array(blockRows), new Float64Array(blockRows)];
  const [sums, gradient, mixed] = [new Float64Array(d * d), new Float64Array(n), new Float64Array(d)];
  let [value, byScale, bendScale, outliers] = [0, 0, 0, 0];
  for (let from = 0, turn = 0; from < matrix.rows; from += blockRows, turn++) {
    if (turn % 64 === 0 && (await context.breathe()) === 'stop') {
      block.fast?.close();
      return null;
    }
    const rows = Math.min(matrix.rows - from, blockRows);
    fillBlock(design, matrix, from, from + rows, block);
    addScores(design, block, rows, theta, scores, 1);
    for (let r = 0; r < rows; r++) {
      const w = matrix.weight ? matrix.weight[from + r] : 1;
      const z = (scores[r] - truth[from + r]) / scale;
      const size = Math.abs(z);
      const isFar = size > epsilon;
      if (isFar) outliers += w;
      value += w * scale * (1 + (isFar ? 2 * epsilon * size - epsilon * epsilon : z * z));
      slopes[r] = w * 2 * (isFar ? (z > 0 ? epsilon : -epsilon) : z);
      bends[r] = isFar ? 0 : (2 * w) / scale;
      cross[r] = -bends[r] * z;
      byScale += w * (1 - (isFar ? epsilon * epsilon : z * z));
      bendScale += bends[r] * z * z;
    }
    addGradient(design, block, rows, slopes, 1, gradient);
    addGradient(design, block, rows, cross, 1, mixed);
    addGram(design, block, rows, bends, sums);
  }
  block.fast?.close();
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) hessian[i * n + j] = sums[i * d + j];
    hessian[i * n + i] += 2 * penalty[i];
    hessian[i * n + d] = mixed[i];
    value += penalty[i] * theta[i] * theta[i];
    gradient[i] += 2 * penalty[i] * theta[i];
  }
  hessian[d * n + d] = bendScale;
  gradient[d] = byScale;
  return { theta, scale, value, gradient, hessian, outliers };
}
