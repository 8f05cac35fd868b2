// Standard errors of the parameters where theory defines them, from the Hessian at the optimum.
// Without a penalty: the inverse Fisher information (statsmodels' GLM, Logit, MNLogit and OLS); with ridge the sandwich
// (H + P)^-1 H (H + P)^-1, which is the spread of the penalised estimate, not its bias. Softmax weights are differences to the first class,
// since only these are defined. A row of weight w counts as w rows.
import { factorSymmetric, invertFactored } from './cholesky.ts';
import { wholeHessian, type Point, type Problem } from './objective.ts';

export type Inference = {
  /** One per parameter; NaN where a parameter is not defined (softmax's first class, a column that others explain). */
  readonly errors: Float64Array;
  /** Degrees of freedom of Student's distribution; null = normal. */
  readonly degrees: number | null;
  readonly dispersion: number;
  readonly covariance: readonly Float64Array[];
};

/** Most parameters for which the inverse is made. */
export const inferenceMost = 1500;

/** `point` carries its whole Hessian; `dispersion` is null where it is 1 by the model. The covariance of each output's own parameters is (features + 1) square. */
export function inferErrors(problem: Problem, point: Point, dispersion: { value: number; degrees: number } | null): Inference {
  const { outputs } = problem;
  const d = problem.design.features + 1;
  const n = outputs * d;
  const phi = dispersion?.value ?? 1;
  const bare = wholeHessian({ ...problem, penalty: new Float64Array(n) }, point.pairs!);
  const skip = outputs > 1 ? d : 0;
  const size = n - skip;
  const isPenalised = problem.penalty.some((p) => p > 0);
  const square = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = i; j < size; j++) square[i * size + j] = bare[(i + skip) * n + j + skip];
  const information = mirror(square, size);
  for (let i = 0; i < size; i++) square[i * size + i] += problem.penalty[i + skip];
  const factor = factorSymmetric(square, size);
  let covariance = invertFactored(factor);
  if (isPenalised) covariance = product(product(covariance, information, size), covariance, size);
  const errors = new Float64Array(n).fill(NaN);
  for (let i = 0; i < size; i++) {
    const variance = covariance[i * size + i] * phi;
    if (!factor.isNull[i] && variance >= 0) errors[i + skip] = Math.sqrt(variance);
  }
  const own = Array.from({ length: outputs }, (_, k) => {
    const out = new Float64Array(d * d);
    const at = k * d - skip;
    if (at >= 0) for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) out[i * d + j] = phi * covariance[(at + i) * size + at + j];
    return out;
  });
  return { errors, degrees: dispersion?.degrees ?? null, dispersion: phi, covariance: own };
}

/** Whose columns others explain (by the factor's pivots): features that a fit without a penalty leaves at 0. */
export function explainedBy(problem: Problem, point: Point): number[] {
  const d = problem.design.features + 1;
  const sums = point.pairs![0]!;
  const { isNull } = factorSymmetric(sums, d);
  return Array.from({ length: d - 1 }, (_, j) => j).filter((j) => isNull[j] === 1 && problem.design.scale[j] > 0);
}

/** The standard error of the intercept for features that are neither centred nor scaled. */
export function interceptError(covariance: Float64Array, center: Float64Array, scale: Float64Array): number {
  const d = center.length + 1;
  const lever = Float64Array.from({ length: d }, (_, j) => (j === d - 1 ? 1 : -scale[j] * center[j]));
  let variance = 0;
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) variance += lever[i] * lever[j] * covariance[i * d + j];
  return variance > 0 ? Math.sqrt(variance) : NaN;
}

function mirror(upper: Float64Array, size: number): Float64Array {
  const out = upper.slice();
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) out[i * size + j] = upper[j * size + i];
  return out;
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const f = a[i * size + k];
      if (f !== 0) for (let j = 0; j < size; j++) out[i * size + j] += f * b[k * size + j];
    }
  }
  return out;
}
