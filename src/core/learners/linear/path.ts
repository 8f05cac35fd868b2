// The path of a penalty: the fits for a falling row of strengths, each begun where the last one ended.
// Strength lambda as in glmnet and scikit-learn's Lasso: mean loss + lambda * (ratio * sum |w| + (1 - ratio) / 2 * sum w^2), w the
// weights of the features as given. Squared error needs the rows once: every fit, and every fold's error, is read from Gram matrices.
import { exp, log } from '../../base/numerics.ts';
import type { WorkContext } from '../../base/task.ts';
import type { Design } from './design.ts';
import { evaluatePoint, wholeHessian, type Point, type Problem } from './objective.ts';
import { proxNewton } from './prox-newton.ts';
import { solveQuadratic } from './quadratic.ts';
import { solveSmooth } from './solve-smooth.ts';
import { weightOf } from './weight-of.ts';

export interface PathSpec { readonly lambdas: Float64Array; readonly ratio: number }

/** The two penalties of a strength for parameters of the standardised columns; `weight` = summed weight of the rows. */
export function penaltiesOf(design: Design, outputs: number, lambda: number, ratio: number, weight: number): { l1: Float64Array; l2: Float64Array } {
  const d = design.features + 1;
  const [l1, l2] = [new Float64Array(outputs * d), new Float64Array(outputs * d)];
  for (let p = 0; p < l1.length; p++) {
    const s = p % d === design.features ? 0 : design.scale[p % d];
    l1[p] = lambda * ratio * weight * s;
    l2[p] = lambda * (1 - ratio) * weight * s * s;
  }
  return { l1, l2 };
}

/** From the least strength that leaves no weight (for ratio >= 0.001) down to `span` of it, evenly in logarithms. `gradient`: of the loss at no weights. */
export function strengths(problem: Problem, gradient: Float64Array, ratio: number, count: number, span: number, weight: number): Float64Array {
  const { design } = problem;
  const d = design.features + 1;
  let most = 0;
  for (let p = 0; p < gradient.length; p++) if (p % d !== design.features && design.scale[p % d] > 0) most = Math.max(most, Math.abs(gradient[p]) / design.scale[p % d]);
  const top = Math.max(1e-12, most / (Math.max(ratio, 1e-3) * Math.max(weight, 1e-300)));
  return Float64Array.from({ length: count }, (_, i) => (count === 1 ? top : exp(log(top) + (log(span) * i) / (count - 1))));
}

/** Gram matrices of rows: the point at no parameters at all, whose Hessian and gradient hold every squared error. */
export type Moments = { readonly weight: number; readonly value: number; readonly gradient: Float64Array; readonly hessian: Float64Array };

export async function momentsOf(problem: Problem, context: WorkContext): Promise<Moments | null> {
  const free = { ...problem, penalty: new Float64Array(problem.penalty.length) };
  const at = await evaluatePoint(free, new Float64Array(problem.penalty.length), 'whole', context);
  return at && { weight: weightOf(problem), value: at.value, gradient: at.gradient, hessian: wholeHessian(free, at.pairs!) };
}

/** The rows of the first without those of the second. */
export const withoutMoments = (all: Moments, part: Moments): Moments => ({ weight: all.weight - part.weight, value: all.value - part.value, gradient: all.gradient.map((g, p) => g - part.gradient[p]), hessian: all.hessian.map((h, p) => h - part.hessian[p]) });

/** Mean half squared error of parameters on those rows. */
export function errorOf({ weight, value, gradient, hessian }: Moments, theta: Float64Array): number {
  const n = theta.length;
  let sum = value;
  for (let i = 0; i < n; i++) {
    if (theta[i] === 0) continue;
    let row = 0.5 * hessian[i * n + i] * theta[i];
    for (let j = i + 1; j < n; j++) row += hessian[i * n + j] * theta[j];
    sum += theta[i] * (gradient[i] + row);
  }
  return Math.max(0, sum) / Math.max(weight, 1e-300);
}

/** One fit after the other; ends early when it returns null: stopped. */
export async function squaredPath(design: Design, moments: Moments, { lambdas, ratio }: PathSpec, context: WorkContext, seen: (theta: Float64Array, index: number) => void): Promise<boolean> {
  let theta: Float64Array = new Float64Array(moments.gradient.length);
  const n = theta.length;
  const linear = moments.gradient.map((g) => -g);
  for (let i = 0; i < lambdas.length; i++) {
    if ((await context.breathe()) === 'stop') return false;
    const { l1, l2 } = penaltiesOf(design, 1, lambdas[i], ratio, moments.weight);
    const hessian = moments.hessian.slice();
    for (let p = 0; p < n; p++) hessian[p * n + p] += l2[p];
    theta = solveQuadratic(hessian, linear, l1, theta, 1, 1e-15 * Math.max(moments.value, 1e-300));
    seen(theta, i);
  }
  return true;
}

/** The same for the other losses, by proximal Newton (or Newton when nothing is L1). */
export async function smoothPath(problem: Problem, start: Float64Array, { lambdas, ratio }: PathSpec, tolerance: number, context: WorkContext, seen: (theta: Float64Array, index: number) => void): Promise<boolean> {
  let theta = start;
  const weight = weightOf(problem);
  let isStopped = false;
  const watched: WorkContext = { ...context, breathe: async () => {
    const word = await context.breathe();
    isStopped ||= word === 'stop';
    return word;
  } };
  for (let i = 0; i < lambdas.length; i++) {
    const { l1, l2 } = penaltiesOf(problem.design, problem.outputs, lambdas[i], ratio, weight);
    const at = { ...problem, penalty: l2 };
    const found: Point | null = ratio === 0 ? await solveSmooth(at, theta, 100, watched, () => {}) : await proxNewton(at, l1, theta, 100, tolerance, watched);
    if (!found || isStopped) return false;
    theta = found.theta;
    seen(theta, i);
  }
  return true;
}
