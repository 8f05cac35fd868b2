// Damped Newton (IRLS) on the penalised loss: few passes, each with the exact Hessian. Best for few parameters.
// The step is shortened until the loss falls; the trial steps of a damped iteration go without the dear Hessian, and the
// next one starts from twice the last length. Once the squared decrement is below 1e-9 of the loss the next step squares the
// error away (quadratic convergence), so it is taken on trust and saves a pass. Squared error ends after one step: the normal equations.
import type { WorkContext } from '../../base/task.ts';
import { solveSymmetric } from './cholesky.ts';
import { weightOf } from './weight-of.ts';
import { evaluatePoint, wholeHessian, type Point, type Problem } from './objective.ts';

/** Losses whose curvature jumps: a step is not trusted before the last one fitted. */
const isRough = (problem: Problem): boolean => problem.loss === 'hinge' || problem.loss === 'tube';

/**
 * The best point found; null when stopped before the first pass had ended. `seen` is called after each iteration. `instead` is where to
 * start when the mean loss at `start` is above its: a start from fewer rows can be far out for rows that were not among them.
 */
export async function newton(problem: Problem, start: Float64Array, iterations: number, context: WorkContext, seen: (point: Point, iteration: number) => void, instead: { readonly theta: Float64Array; readonly mean: number } | null = null): Promise<Point | null> {
  let best = await evaluatePoint(problem, start, 'whole', context);
  if (best && instead && !(best.mean <= instead.mean)) best = await evaluatePoint(problem, instead.theta, 'whole', context);
  if (!best) return null;
  seen(best, 0);
  let size = 1;
  const isSquared = problem.loss === 'squared';
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const step = solveSymmetric(wholeHessian(problem, best.pairs!), best.gradient);
    let decrement = 0;
    for (let p = 0; p < step.length; p++) decrement += step[p] * best.gradient[p];
    const scale = Math.abs(best.value) + 1e-9 * problem.matrix.rows;
    if (!(decrement > 1e-14 * scale)) return best;
    if (!isSquared && decrement <= 1e-9 * scale && !isRough(problem)) return { ...best, theta: best.theta.map((t, p) => t - step[p]) };
    if (isSquared) {
      const found = normalSolution(problem, best, step, decrement);
      seen(found, iteration);
      return found;
    }
    let next: Point | null = null;
    for (size = Math.min(1, 2 * size); size > 1e-6; size /= 2) {
      const theta: Float64Array = best.theta.map((t, p) => t - size * step[p]);
      const isWhole = size === 1;
      const tried: Point | null = await evaluatePoint(problem, theta, isWhole ? 'whole' : 'gradient', context);
      if (!tried) return best;
      if (tried.value < best.value - 1e-4 * size * decrement) {
        next = isWhole ? tried : await evaluatePoint(problem, theta, 'whole', context);
        if (!next) return best;
        break;
      }
    }
    if (!next) return best;
    best = next;
    seen(best, iteration);
  }
  return best;
}

/** The whole step of a squared loss: its value follows from the quadratic, without another pass. */
function normalSolution(problem: Problem, from: Point, step: Float64Array, decrement: number): Point {
  const theta = from.theta.map((t, p) => t - step[p]);
  const value = from.value - 0.5 * decrement;
  const held = theta.reduce((sum, t, p) => sum + 0.5 * problem.penalty[p] * t * t, 0);
  return { ...from, theta, value, mean: Math.max(0, value - held) / Math.max(weightOf(problem), 1e-300) };
}
