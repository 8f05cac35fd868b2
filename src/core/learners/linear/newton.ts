// Damped Newton (IRLS) on the penalised loss: few passes, each with the exact Hessian. Best for few parameters.
// The step is shortened until the loss falls; the trial steps of a damped iteration go without the dear Hessian, and the
// next one starts from twice the last length. Once the squared decrement is below 1e-9 of the loss the next step squares the
// error away (quadratic convergence), so it is taken on trust and saves a pass. Squared error ends after one step: the normal equations.
import type { WorkContext } from '../../base/task.ts';
import { solveSymmetric } from './cholesky.ts';
import { evaluatePoint, type Point, type Problem } from './objective.ts';

/** The best point found; null when stopped before the first pass had ended. `seen` is called after each iteration. */
export async function newton(problem: Problem, start: Float64Array, iterations: number, context: WorkContext, seen: (point: Point, iteration: number) => void): Promise<Point | null> {
  let best = await evaluatePoint(problem, start, true, context);
  if (!best) return null;
  seen(best, 0);
  let size = 1;
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const step = solveSymmetric(best.hessian!, best.gradient);
    let decrement = 0;
    for (let p = 0; p < step.length; p++) decrement += step[p] * best.gradient[p];
    const scale = Math.abs(best.value) + 1e-9 * problem.matrix.rows;
    if (!(decrement > 0)) return best;
    if (problem.loss !== 'squared' && decrement <= 1e-9 * scale) return { ...best, theta: best.theta.map((t, p) => t - step[p]) };
    let next: Point | null = null;
    for (size = Math.min(1, 2 * size); size > 1e-6; size /= 2) {
      const theta = best.theta.map((t, p) => t - size * step[p]);
      const isWhole = size === 1 && problem.loss !== 'squared';
      const tried = await evaluatePoint(problem, theta, isWhole, context);
      if (!tried) return best;
      if (tried.value < best.value - 1e-4 * size * decrement) {
        next = isWhole || problem.loss === 'squared' ? tried : await evaluatePoint(problem, theta, true, context);
        if (!next) return best;
        break;
      }
    }
    if (!next) return best;
    best = next;
    seen(best, iteration);
    if (problem.loss === 'squared') return best;
  }
  return best;
}
