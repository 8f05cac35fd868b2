// Limited-memory BFGS on the penalised loss (Nocedal & Wright 2006, algorithm 7.5; memory 12, Armijo steps with a check
// of curvature): one pass without a Hessian per step. Best for many rows, features or classes.
// `precondition` stands for the inverse of a Hessian near the optimum, as rows drawn from the whole gave it: with it a few
// steps are enough. Ends when the decrement is below 1e-13 of the loss, or three steps in a row gain less than 1e-13 of it.
import type { WorkContext } from '../../base/task.ts';
import { evaluatePoint, type Point, type Problem } from './objective.ts';

const memory = 12;
type Pair = { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number };
/** Writes the inverse of a Hessian times the vector over it. */
export type Precondition = (vector: Float64Array) => void;
export interface Settings { readonly iterations: number; readonly precondition: Precondition | null; /** Relative to the loss; absent = 1e-13. */ readonly tolerance?: number }

/** The best point found; null when stopped before the first pass had ended. `seen` is called after each iteration. */
export async function lbfgs(problem: Problem, start: Float64Array, { iterations, precondition, tolerance = 1e-13 }: Settings, context: WorkContext, seen: (point: Point, iteration: number) => void): Promise<Point | null> {
  let best = await evaluatePoint(problem, start, 'gradient', context);
  if (!best) return null;
  seen(best, 0);
  const steps: Pair[] = [];
  let still = 0;
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const scale = Math.abs(best.value) + 1e-9 * problem.matrix.rows;
    let direction = descend(best.gradient, steps, precondition);
    let slope = dot(direction, best.gradient);
    if (!(slope < 0)) {
      steps.length = 0;
      direction = descend(best.gradient, steps, precondition);
      slope = dot(direction, best.gradient);
    }
    if (!(-slope > tolerance * scale) && (precondition || steepest(best.gradient) <= 1e-7 * problem.matrix.rows)) return best;
    let next: Point | null = null;
    for (let size = steps.length || precondition ? 1 : 1 / Math.max(1, Math.sqrt(-slope)), tries = 0; tries < 30; tries++) {
      const tried: Point | null = await evaluatePoint(problem, best.theta.map((t, p) => t + size * direction[p]), 'gradient', context);
      if (!tried) return best;
      if (tried.value <= best.value + 1e-4 * size * slope) {
        next = tried;
        break;
      }
      const parabola = (-slope * size) / (2 * (tried.value - best.value - slope * size));
      size *= parabola > 0.1 && parabola < 0.5 ? parabola : 0.25;
    }
    if (!next) return best;
    remember(steps, best, next);
    still = best.value - next.value <= tolerance * scale ? still + 1 : 0;
    best = next;
    seen(best, iteration);
    if (still >= 3) return best;
  }
  return best;
}

function descend(gradient: Float64Array, steps: readonly Pair[], precondition: Precondition | null): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas: number[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const { s, y, rho } = steps[i];
    const alpha = rho * dot(s, q);
    alphas[i] = alpha;
    for (let p = 0; p < q.length; p++) q[p] -= alpha * y[p];
  }
  if (precondition) precondition(q);
  else if (steps.length) {
    const { s, y } = steps[steps.length - 1];
    const gamma = dot(s, y) / dot(y, y);
    for (let p = 0; p < q.length; p++) q[p] *= gamma;
  }
  steps.forEach(({ s, y, rho }, i) => {
    const beta = rho * dot(y, q);
    for (let p = 0; p < q.length; p++) q[p] += (alphas[i] - beta) * s[p];
  });
  return q;
}

function remember(steps: Pair[], from: Point, to: Point): void {
  const s = to.theta.map((t, p) => t - from.theta[p]);
  const y = to.gradient.map((g, p) => g - from.gradient[p]);
  const bend = dot(s, y);
  if (!(bend > 1e-16 * dot(y, y)) || !(bend > 0)) return;
  steps.push({ s, y, rho: 1 / bend });
  if (steps.length > memory) steps.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += a[p] * b[p];
  return sum;
}

function steepest(gradient: Float64Array): number {
  let top = 0;
  for (let p = 0; p < gradient.length; p++) if (Math.abs(gradient[p]) > top) top = Math.abs(gradient[p]);
  return top;
}
