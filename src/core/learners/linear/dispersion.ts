// The dispersion of a fit and the problem whose Hessian is its information, by loss (McCullagh & Nelder 1989; statsmodels):
// squared: residual variance; gamma, tweedie: Pearson's chi-square over the degrees of freedom, with the expected information;
// quantile: q (1 - q) / f(0)^2 with Hall and Sheather's bandwidth (Koenker 2005); Huber: the H1 rule of statsmodels' RLM.
import { normalQuantile } from '../../base/distributions.ts';
import { exp, log } from '../../base/numerics.ts';
import { eachScored, type Problem } from './objective.ts';
import { weightOf } from './weight-of.ts';

export type Dispersion = { readonly problem: Problem; readonly dispersion: { value: number; degrees: number } | null; /** Normal tails though a dispersion was estimated. */ readonly isNormal: boolean };

/** Null when there are no more rows than parameters. */
export function dispersionOf(problem: Problem, theta: Float64Array): Dispersion | null {
  const { matrix, truth, loss, shape = 0 } = problem;
  const total = weightOf(problem);
  const degrees = total - problem.outputs * (problem.design.features + 1);
  if (!(degrees > 0)) return null;
  if (loss === 'logistic' || loss === 'softmax' || loss === 'poisson') return { problem, dispersion: null, isNormal: true };
  let sum = 0;
  const weight = new Float32Array(matrix.rows);
  eachScored(matrix, problem.design, 1, theta, (scores, from, rows) => {
    for (let r = 0; r < rows; r++) {
      const w = matrix.weight ? matrix.weight[from + r] : 1;
      const y = truth[from + r];
      if (loss === 'squared') sum += w * (y - scores[r]) * (y - scores[r]);
      else {
        const mean = exp(scores[r]);
        const power = loss === 'gamma' ? 1 : exp(shape * scores[r]);
        sum += loss === 'gamma' ? w * (y / mean - 1) * (y / mean - 1) : (w * (y - mean) * (y - mean)) / power;
        weight[from + r] = loss === 'gamma' ? w : w * exp((2 - shape) * scores[r]);
      }
    }
  });
  if (loss === 'squared') return { problem, dispersion: { value: sum / degrees, degrees }, isNormal: false };
  return { problem: { ...problem, loss: 'squared', matrix: { ...matrix, weight } }, dispersion: { value: sum / degrees, degrees }, isNormal: true };
}

/** Scores of every row. */
function residualsOf({ matrix, design, truth }: Problem, theta: Float64Array): Float64Array {
  const out = new Float64Array(matrix.rows);
  eachScored(matrix, design, 1, theta, (scores, from, rows) => { for (let r = 0; r < rows; r++) out[from + r] = truth[from + r] - scores[r]; });
  return out;
}

/** Weights are not counted in the density. */
export function quantileDispersion(problem: Problem, theta: Float64Array, quantile: number): Dispersion | null {
  const residuals = residualsOf(problem, theta);
  const n = residuals.length;
  const degrees = weightOf(problem) - problem.design.features - 1;
  if (!(degrees > 0)) return null;
  const sorted = residuals.slice().sort();
  const at = (p: number) => sorted[Math.floor(p * (n - 1))] + (p * (n - 1) - Math.floor(p * (n - 1))) * ((sorted[Math.min(n - 1, Math.floor(p * (n - 1)) + 1)] ?? 0) - sorted[Math.floor(p * (n - 1))]);
  const z = normalQuantile(quantile);
  const density = exp(-0.5 * z * z) / 2.5066282746310002;
  const cube = (x: number) => (x > 0 ? exp(log3(x)) : 0);
  const reach = cube(1 / n) * cube(normalQuantile(0.975) ** 2) * cube((1.5 * density * density) / (2 * z * z + 1));
  const mean = problem.truth.reduce((sum, y) => sum + y / n, 0);
  const deviation = Math.sqrt(problem.truth.reduce((sum, y) => sum + ((y - mean) * (y - mean)) / n, 0));
  const [low, high] = [Math.max(1e-6, quantile - reach), Math.min(1 - 1e-6, quantile + reach)];
  const width = Math.min(deviation, (at(0.75) - at(0.25)) / 1.34) * (normalQuantile(high) - normalQuantile(low));
  if (!(width > 0)) return null;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const u = residuals[i] / width;
    if (Math.abs(u) <= 1) sum += 0.75 * (1 - u * u);
  }
  const atZero = sum / (n * width);
  if (!(atZero > 0)) return null;
  return { problem: { ...problem, loss: 'squared' }, dispersion: { value: (quantile * (1 - quantile)) / (atZero * atZero), degrees }, isNormal: false };
}

export function huberDispersion(problem: Problem, theta: Float64Array, scale: number, epsilon: number): Dispersion | null {
  const { matrix } = problem;
  const residuals = residualsOf(problem, theta);
  const p = problem.design.features + 1;
  let [total, inside, squares] = [0, 0, 0];
  for (let i = 0; i < residuals.length; i++) {
    const w = matrix.weight ? matrix.weight[i] : 1;
    const z = residuals[i] / scale;
    total += w;
    if (Math.abs(z) <= epsilon) inside += w;
    squares += w * Math.min(z * z, epsilon * epsilon);
  }
  const degrees = total - p;
  const share = inside / total;
  if (!(degrees > 0) || !(share > 0)) return null;
  const k = 1 + (p / total) * ((1 - share) / share);
  return { problem: { ...problem, loss: 'squared' }, dispersion: { value: (k * k * (squares / degrees) * scale * scale) / (share * share), degrees }, isNormal: true };
}

const log3 = (x: number): number => log(x) / 3;
