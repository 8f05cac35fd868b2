// Linear models by our own deterministic solvers, at the optima of scikit-learn (LogisticRegression with C = 1 / l2, Ridge and Lasso
// and ElasticNet with alpha, PoissonRegressor, GammaRegressor, TweedieRegressor, HuberRegressor, QuantileRegressor) and of glmnet's paths.
// Penalties are those of the features as given, the intercept is free; standardising inside only conditions the solver.
// Missing values count as the training mean.
import { PINBALL_PERCENTS, pinballName } from '../../metrics/pinball.ts';
import { defineLearner } from '../learner.ts';
import { fitLinear } from './fit-linear.ts';
import { linearParams, type LinearParams } from './params.ts';

export const linear = defineLearner<LinearParams>({
  type: 'linear',
  label: 'Linear',
  help: 'Logistic, softmax or least-squares regression, with ridge, lasso or elastic net; Poisson, Gamma, Huber and quantile too. Assumes that each feature pushes the answer one way; fast, small, easy to read.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: linearParams,
  makes: 'linear',
  fitsOn: 'core',
  steps: 'iterations',
  validates: false,
  exact: true,
  exactWeights: true,
  judgedBy: ({ objective, quantile }) => (objective === 'quantile' ? PINBALL_PERCENTS.filter((percent) => Math.abs(percent - 100 * quantile) < 1e-9).map(pinballName) : (judges[objective] ?? [])),
  fit: fitLinear,
});

const judges: { readonly [objective: string]: readonly string[] } = { poisson: ['poisson-deviance'], gamma: ['gamma-deviance'], tweedie: ['tweedie-deviance'], huber: ['mae'] };
