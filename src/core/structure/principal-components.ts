// Principal components of standardised features: exact by the covariance matrix up to 500 features, by randomised subspace
// iteration beyond. The loading of largest size is positive, so that a picture drawn twice is the same.
// Variances are per weight (divided by n, not n - 1); shares are those of scikit-learn's explained_variance_ratio_.
import type { WorkContext } from '../base/task.ts';
import { covariance } from './covariance.ts';
import type { Standardised } from './standardised.ts';
import { subspace } from './subspace.ts';
import { symmetricEigen, type Eigen } from './symmetric-eigen.ts';

export interface PrincipalComponents {
  /** Largest first, never below 0. */
  readonly variances: Float64Array;
  /** Of the total variance of the features, as variances. */
  readonly shares: Float64Array;
  /** loadings[k * features .. (k + 1) * features): unit vector of component k. */
  readonly loadings: Float64Array;
  readonly count: number;
  readonly method: 'exact' | 'randomised';
}

const mostExact = 500;

/** At most `most` components; fewer where the data has no more directions. */
export async function principalComponents(data: Standardised, most: number, context: WorkContext, done: (share: number) => void = () => {}): Promise<PrincipalComponents> {
  const width = data.features.length;
  const method = width > mostExact ? 'randomised' : 'exact';
  const wanted = Math.min(most, width, Math.max(0, data.rows - 1));
  const eigen: Eigen = method === 'randomised' ? await subspace(data, wanted, context, done) : symmetricEigen(await covariance(data, context, (share) => done(0.8 * share)), width);
  let count = 0;
  while (count < wanted && eigen.values[count] > 1e-9 * data.totalVariance) count++;
  const loadings = eigen.vectors.slice(0, count * width);
  for (let k = 0; k < count; k++) pointUp(loadings, k * width, width);
  const variances = eigen.values.slice(0, count);
  done(1);
  return { variances, shares: variances.map((value) => value / data.totalVariance), loadings, count, method };
}

/** Signs so that the largest loading in size (the first of equals) is positive. */
function pointUp(loadings: Float64Array, from: number, width: number): void {
  let top = 0;
  for (let j = 1; j < width; j++) if (Math.abs(loadings[from + j]) > Math.abs(loadings[from + top]) * (1 + 1e-9)) top = j;
  if (loadings[from + top] < 0) for (let j = 0; j < width; j++) loadings[from + j] = -loadings[from + j];
}

/** Scores of `rows` on each component: scores[k][i] of rows[i]. */
export function scoresOf({ z, features }: Standardised, { loadings, count }: PrincipalComponents, rows: Int32Array): Float64Array[] {
  const width = features.length;
  return Array.from({ length: count }, (_, k) =>
    Float64Array.from(rows, (row) => {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += z[row * width + j] * loadings[k * width + j];
      return sum;
    }),
  );
}
