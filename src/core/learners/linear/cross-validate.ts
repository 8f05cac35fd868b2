// Which strength of a penalty: the path on all rows, and its error on each fold of a path fitted to the others.
// `best` has the least mean error; `simplest` is the strongest within one standard error of it (Breiman's rule). Folds are drawn by
// the seed. Columns are filled and scaled as on all rows: that only conditions the solver, for penalties are those of the features as given.
import { sequence, shuffle } from '../../base/random.ts';
import type { WorkContext } from '../../base/task.ts';
import { meanLoss, type Problem } from './objective.ts';
import { errorOf, momentsOf, smoothPath, squaredPath, withoutMoments, type Moments, type PathSpec } from './path.ts';
import { weightOf } from './weight-of.ts';
import { takeMatrix } from './take-rows.ts';

export type PathPoint = { readonly lambda: number; readonly theta: Float64Array; /** Mean loss on rows left out, and its standard error over the folds; null where no fold was ended. */ readonly error: number | null; readonly spread: number | null };
export type Rule = 'best' | 'simplest';
export type PathFound = { readonly points: readonly PathPoint[]; readonly best: number; readonly simplest: number };
export type CrossSpec = PathSpec & { readonly folds: number; readonly seed: number; readonly start: Float64Array };

/** Relative tolerances of a fit on all rows and on folds. */
const [fine, coarse] = [1e-10, 1e-7];

/** Points without theta were not reached; null when stopped before the first. */
export async function crossValidate(problem: Problem, spec: CrossSpec, context: WorkContext): Promise<PathFound | null> {
  const { lambdas, folds } = spec;
  const thetas: Float64Array[] = [];
  const isSquared = problem.loss === 'squared';
  const say = (step: number, text: string, train: number | null, valid: number | null) => context.report({ stage: 'fit', done: step / ((folds + 1) * lambdas.length), text, point: { step, train, valid, rowsPerSecond: null } });
  const rows = shuffle(Int32Array.from({ length: problem.matrix.rows }, (_, i) => i), sequence(spec.seed, 'linear-folds'));
  const partOf = (fold: number, isInside: boolean): Problem => {
    const taken = rows.filter((_, i) => (i % folds === fold) === isInside).sort();
    return { ...problem, matrix: takeMatrix(problem.matrix, taken), truth: Float64Array.from(taken, (row) => problem.truth[row]) };
  };
  const parts: Moments[] = [];
  let whole: Moments | null = null;
  if (isSquared) {
    for (let fold = 0; fold < folds; fold++) {
      const part = await momentsOf(partOf(fold, true), context);
      if (!part) return null;
      parts.push(part);
    }
    whole = parts.reduce((sum, part) => ({ weight: sum.weight + part.weight, value: sum.value + part.value, gradient: sum.gradient.map((g, p) => g + part.gradient[p]), hessian: sum.hessian.map((h, p) => h + part.hessian[p]) }));
  }
  const keep = (theta: Float64Array, i: number) => {
    thetas.push(theta);
    say(i + 1, `strength ${i + 1} of ${lambdas.length}`, whole ? errorOf(whole, theta) : null, null);
  };
  const isDone = whole ? await squaredPath(problem.design, whole, spec, context, keep) : await smoothPath(problem, spec.start, spec, fine, context, keep);
  if (thetas.length === 0) return null;

  const errors: Float64Array[] = [];
  for (let fold = 0; isDone && fold < folds; fold++) {
    const found = new Float64Array(lambdas.length);
    const at = (i: number, error: number) => {
      found[i] = error;
      say((fold + 1) * lambdas.length + i + 1, `fold ${fold + 1} of ${folds}: strength ${i + 1}`, null, error);
    };
    let isWhole: boolean;
    if (whole) isWhole = await squaredPath(problem.design, withoutMoments(whole, parts[fold]), spec, context, (theta, i) => at(i, errorOf(parts[fold], theta)));
    else {
      const left = partOf(fold, true);
      isWhole = left.matrix.rows > 0 && weightOf(left) > 0 ? await smoothPath(partOf(fold, false), spec.start, spec, coarse, context, (theta, i) => at(i, meanLoss(left, theta))) : false;
    }
    if (isWhole) errors.push(found);
  }
  return choose(lambdas, thetas, errors);
}

function choose(lambdas: Float64Array, thetas: readonly Float64Array[], errors: readonly Float64Array[]): PathFound {
  const points = thetas.map((theta, i): PathPoint => {
    if (errors.length === 0) return { lambda: lambdas[i], theta, error: null, spread: null };
    const mean = errors.reduce((sum, one) => sum + one[i], 0) / errors.length;
    const squares = errors.reduce((sum, one) => sum + (one[i] - mean) ** 2, 0);
    return { lambda: lambdas[i], theta, error: mean, spread: errors.length > 1 ? Math.sqrt(squares / (errors.length - 1) / errors.length) : 0 };
  });
  let best = points.length - 1;
  if (errors.length > 0) points.forEach((point, i) => { if (point.error! < points[best].error! || i === 0) best = point.error! < (i === 0 ? Infinity : points[best].error!) ? i : best; });
  const bar = errors.length > 0 ? points[best].error! + points[best].spread! : 0;
  const simplest = errors.length > 0 ? points.findIndex((point) => point.error! <= bar) : best;
  return { points, best, simplest };
}
