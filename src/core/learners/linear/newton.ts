// Damped Newton (IRLS) on the penalised loss: few passes, each with the exact Hessian. Best for few parameters.
// The step is halved until the loss falls; ends when the squared Newton decrement is below 1e-14 of the loss, or when
// no step lowers the loss any more. Squared error ends after one step: the normal equations.
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
    if (!(decrement > 1e-14 * scale)) return best;
    const smallest = decrement > 1e-9 * scale ? 1e-6 : 0.9;
    let next: Point | null = null;
    for (let size = 1; size > smallest; size /= 2) {
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
