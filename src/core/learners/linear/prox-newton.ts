// The optimum of a smooth loss with an L1 penalty: the loss is replaced by its quadratic where it stands, coordinates descend on
// that, and the step is halved until the whole objective falls (proximal Newton: Lee, Sun & Saunders 2014; glmnet).
// Softmax with many parameters takes twice the blocks of each class for its Hessian, which is never less than the whole.
import type { WorkContext } from '../../base/task.ts';
import { evaluatePoint, wholeHessian, type Point, type Problem } from './objective.ts';
import { solveQuadratic } from './quadratic.ts';

/** Most parameters for which classes are solved together. */
const jointMost = 300;

/** Null when stopped before the first pass had ended. `l1` has one number per parameter. Relative tolerance of the objective. */
export async function proxNewton(problem: Problem, l1: Float64Array, start: Float64Array, iterations: number, tolerance: number, context: WorkContext, seen: (point: Point, iteration: number) => void = () => {}): Promise<Point | null> {
  const isJoint = problem.outputs === 1 || start.length <= jointMost;
  const wanted = isJoint ? 'whole' : 'blocks';
  const heft = (theta: Float64Array) => theta.reduce((sum, t, p) => sum + l1[p] * Math.abs(t), 0);
  let best = await evaluatePoint(problem, start, wanted, context);
  for (let iteration = 0; best && iteration < iterations; iteration++) {
    const at: Point = best;
    seen(at, iteration);
    const scale = Math.abs(at.value) + heft(at.theta);
    const theta = isJoint ? jointly(problem, at, l1, tolerance * scale) : byOutput(problem, at, l1, tolerance * scale);
    const step = theta.map((t, p) => t - at.theta[p]);
    const gain = -(step.reduce((sum, s, p) => sum + s * at.gradient[p], 0) + heft(theta) - heft(at.theta));
    if (!(gain > tolerance * scale)) return at;
    if (problem.loss === 'squared') return { ...at, theta };
    let next: Point | null = null;
    for (let size = 1; size > 1e-6; size /= 2) {
      const moved: Float64Array = size === 1 ? theta : at.theta.map((t, p) => t + size * step[p]);
      const tried = await evaluatePoint(problem, moved, wanted, context);
      if (!tried) return at;
      if (tried.value + heft(moved) <= at.value + heft(at.theta) - 1e-4 * size * gain) {
        next = tried;
        break;
      }
    }
    if (!next) return at;
    best = next;
  }
  return best;
}

function jointly(problem: Problem, { theta, gradient, pairs }: Point, l1: Float64Array, tolerance: number): Float64Array {
  const n = theta.length;
  const hessian = wholeHessian(problem, pairs!);
  if (problem.outputs > 1) for (let p = 0; p < n; p++) hessian[p * n + p] *= 1 + 1e-9;
  return solveQuadratic(hessian, linearOf(hessian, theta, gradient), l1, theta, problem.outputs, 0.01 * tolerance);
}

function byOutput({ design, outputs, penalty }: Problem, { theta, gradient, pairs }: Point, l1: Float64Array, tolerance: number): Float64Array {
  const d = design.features + 1;
  const out = new Float64Array(theta.length);
  const blocks = pairs!.filter((sums) => sums !== null);
  for (let k = 0; k < outputs; k++) {
    const [from, to] = [k * d, (k + 1) * d];
    const hessian = blocks[k].map((h) => 2 * h);
    for (let i = 0; i < d; i++) hessian[i * d + i] += penalty[from + i];
    const own = theta.slice(from, to);
    out.set(solveQuadratic(hessian, linearOf(hessian, own, gradient.subarray(from, to)), l1.subarray(from, to), own, 1, (0.01 * tolerance) / outputs), from);
  }
  return out;
}

/** H theta - gradient. */
function linearOf(hessian: Float64Array, theta: Float64Array, gradient: Float64Array): Float64Array {
  const n = theta.length;
  const out = gradient.map((g) => -g);
  for (let i = 0; i < n; i++) {
    out[i] += hessian[i * n + i] * theta[i];
    for (let j = i + 1; j < n; j++) {
      out[i] += hessian[i * n + j] * theta[j];
      out[j] += hessian[i * n + j] * theta[i];
    }
  }
  return out;
}
