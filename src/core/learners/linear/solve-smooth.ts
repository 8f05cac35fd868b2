// The optimum of a smooth penalised loss. Newton where it is cheap; else L-BFGS on the rows, started at the optimum of a
// problem on fewer rows and preconditioned with the Hessian there (whole, or by output when there are many parameters).
// Which way depends on counts alone, so equal data take equal steps.
import type { WorkContext } from '../../base/task.ts';
import { factorSymmetric, solveFactored } from './cholesky.ts';
import { lbfgs, type Precondition } from './lbfgs.ts';
import { newton } from './newton.ts';
import { evaluatePoint, gradientWork, hessianWork, wholeHessian, type Point, type Problem } from './objective.ts';
import { thinProblem } from './thin.ts';

/** Most parameters for which the whole Hessian is factored. */
const wholeMost = 700;
/** Passes of Newton and of preconditioned L-BFGS, as measured on the tables of `bench linear`. */
const [newtonPasses, quasiPasses] = [5, 16];

export type Seen = (point: Point, iteration: number) => void;

/** Null when stopped before anything was found. */
export async function solveSmooth(problem: Problem, start: Float64Array, iterations: number, context: WorkContext, seen: Seen): Promise<Point | null> {
  const unknowns = problem.outputs * (problem.design.features + 1);
  const { rows } = problem.matrix;
  const d = problem.design.features + 1;
  const few = Math.max(2000, 10 * d, Math.min(20_000, Math.floor(rows / 25)));
  const newtonWork = rows * hessianWork(problem) + unknowns ** 3 / 3;
  if (problem.loss === 'squared' && unknowns <= 4000) return newton(problem, start, iterations, context, seen);
  if (unknowns <= 2000 && newtonPasses * newtonWork <= quasiPasses * rows * gradientWork(problem) + 5e7) {
    if (problem.loss === 'squared' || rows <= 60 * d || rows <= 1000) return newton(problem, start, iterations, context, seen);
    let bar = Infinity;
    const few = thinProblem(problem, Math.max(10 * d, Math.floor(rows / 6)));
    const begin = await newton(few, start, Math.min(iterations, 40), context, (point, iteration) => {
      if (iteration === 0) bar = point.mean;
    });
    return newton(problem, begin?.theta ?? start, iterations, context, seen, { theta: start, mean: bar });
  }
  const thin = rows > 3 * few ? thinProblem(problem, few) : problem;
  let begin = start;
  if (thin !== problem) begin = (await solveSmooth(thin, start, Math.min(iterations, 40), context, () => {}))?.theta ?? start;
  const share = rows / thin.matrix.rows;
  const precondition = await preconditionAt(problem, thin, begin, share, context);
  if (!precondition) return evaluatePoint(problem, begin, 'gradient', { ...context, breathe: async () => 'go' });
  return again(problem, thin, begin, precondition, share, iterations, context, seen);
}

/** Runs of 25 steps; between two the Hessian is taken anew, since it may have changed on the way. */
async function again(problem: Problem, thin: Problem, start: Float64Array, first: Precondition, share: number, iterations: number, context: WorkContext, seen: Seen): Promise<Point | null> {
  let best: Point | null = null;
  let precondition: Precondition | null = first;
  let done = 0;
  while (done < iterations && precondition) {
    const before = done;
    let isStopped = false;
    const watched: WorkContext = { ...context, breathe: async () => {
      const word = await context.breathe();
      isStopped ||= word === 'stop';
      return word;
    } };
    const room = Math.min(25, iterations - done);
    const found: Point | null = await lbfgs(problem, best?.theta ?? start, { iterations: room, precondition, tolerance: 1e-10 }, watched, (point, step) => {
      done = before + step;
      if (step > 0 || before === 0) seen(point, done);
    });
    best = found ?? best;
    if (!found || isStopped || done - before < room) return best;
    precondition = await preconditionAt(problem, thin, found.theta, share, context);
  }
  return best;
}

/** From the Hessian of the thinned rows, in proportion; null when stopped. */
async function preconditionAt(problem: Problem, thin: Problem, theta: Float64Array, share: number, context: WorkContext): Promise<Precondition | null> {
  const d = problem.design.features + 1;
  const { outputs, penalty } = problem;
  const isWhole = outputs === 1 || (outputs * d <= wholeMost && thin.matrix.rows * hessianWork(thin) <= 4 * problem.matrix.rows * gradientWork(problem));
  const at = await evaluatePoint(thin, theta, isWhole ? 'whole' : 'blocks', context);
  if (!at) return null;
  if (isWhole) {
    const hessian = wholeHessian(problem, at.pairs!, share);
    const n = outputs * d;
    for (let p = 0; p < n; p++) hessian[p * n + p] = hessian[p * n + p] * (1 + 1e-7) + 1e-9 * share;
    const factor = factorSymmetric(hessian, n);
    return (vector) => solveFactored(factor, vector);
  }
  const factors = at.pairs!.filter((sums) => sums !== null).map((sums, k) => {
    const square = sums.map((h) => h * share);
    for (let i = 0; i < d; i++) square[i * d + i] = square[i * d + i] * (1 + 1e-7) + penalty[k * d + i] + 1e-9 * share;
    return factorSymmetric(square, d);
  });
  return (vector) => factors.forEach((factor, k) => solveFactored(factor, vector, k * d));
}
