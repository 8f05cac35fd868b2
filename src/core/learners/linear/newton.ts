// Damped Newton (IRLS) on the penalised loss: few passes, each with the exact Hessian. Best for few parameters.
// The step is halved until the loss falls. Once the squared decrement is below 1e-9 of the loss the next step squares the
// error away (quadratic convergence), so it is taken on trust and saves a pass. Squared error ends after one step: the normal equations.
import type { WorkContext } from '../../base/task.ts';
import { solveSymmetric } from './cholesky.ts';
import { evaluatePoint, type Point, type Problem } from './objective.ts';

/** The best point found; null when stopped before the first pass had ended. `seen` is called after each iteration. */
export async function newton(problem: Problem, start: Float64Array, iterations: number, context: WorkContext, seen: (point: Point, iteration: number) => void): Promise<Point | null> {
  let best = await evaluatePoint(problem, start, true, context);
  if (!best) return null;
  seen(best, 0);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const step = solveSymmetric(best.hessian!, best.gradient);
    let decrement = 0;
    for (let p = 0; p < step.length; p++) decrement += step[p] * best.gradient[p];
    const scale = Math.abs(best.value) + 1e-9 * problem.matrix.rows;
    if (!(decrement > 0)) return best;
    if (problem.loss !== 'squared' && decrement <= 1e-9 * scale) return { ...best, theta: best.theta.map((t, p) => t - step[p]) };
    let next: Point | null = null;
    for (let size = 1; size > 1e-6; size /= 2) {
      const theta = best.theta.map((t, p) => t - size * step[p]);
      const tried = await evaluatePoint(problem, theta, problem.loss !== 'squared', context);
      if (!tried) return best;
      if (tried.value < best.value - 1e-4 * size * decrement) {
        next = tried;
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
