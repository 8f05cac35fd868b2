// The declared parameters of linear models: what is minimised, what holds the weights back, and how strongly.
// Ridge keeps scikit-learn's scale (C = 1 / l2, alpha = l2: the loss is a sum), lasso and elastic net theirs and glmnet's (the loss is a mean).
import type { Params } from '../../base/params.ts';

export type LinearObjective = 'auto' | 'squared' | 'huber' | 'quantile' | 'poisson' | 'gamma' | 'tweedie';
export type LinearParams = {
  objective: LinearObjective;
  balance: 'none' | 'balanced';
  quantile: number;
  huberEpsilon: number;
  tweediePower: number;
  penalty: 'none' | 'ridge' | 'lasso' | 'elastic';
  strength: 'given' | 'best' | 'simplest';
  l2: number;
  alpha: number;
  l1Ratio: number;
  folds: number;
  strengths: number;
  iterations: number;
  errors: boolean;
};

const free = ['auto', 'squared', 'poisson', 'gamma', 'tweedie'] as const;
const given = { strength: ['given'] } as const;
const searched = { strength: ['best', 'simplest'] } as const;

export const linearParams: Params<LinearParams> = {
  objective: {
    kind: 'choice', label: 'Objective', help: 'What is minimised: the squared error unless something else is chosen.', fallback: 'auto', tasks: ['regression'],
    choices: [
      { value: 'auto', label: 'Automatic' },
      { value: 'squared', label: 'Squared error (the mean)' },
      { value: 'huber', label: 'Huber (the mean, outliers held back)' },
      { value: 'quantile', label: 'Quantile' },
      { value: 'poisson', label: 'Poisson (counts)' },
      { value: 'gamma', label: 'Gamma (positive amounts)' },
      { value: 'tweedie', label: 'Tweedie (amounts with many zeros)' },
    ],
  },
  balance: {
    kind: 'choice', label: 'Class weights', help: 'Balanced gives every class the same total weight, so rare ones are found more often; probabilities then no longer match how often a class occurs.', fallback: 'none', tasks: ['binary', 'multiclass'],
    choices: [{ value: 'none', label: 'None' }, { value: 'balanced', label: 'Balanced' }],
  },
  quantile: { kind: 'number', label: 'Quantile', help: 'The share of targets that should lie below the prediction.', fallback: 0.5, min: 0.001, max: 0.999, integer: false, tasks: ['regression'], when: { objective: ['quantile'] } },
  huberEpsilon: { kind: 'number', label: 'Huber epsilon', help: 'Errors beyond so many scales count linearly; the scale is estimated too. 1.35 keeps 95 % of the efficiency on normal errors.', fallback: 1.35, min: 1.0001, max: 100, integer: false, tasks: ['regression'], when: { objective: ['huber'] } },
  tweediePower: { kind: 'number', label: 'Tweedie power', help: 'Near 1 is like counts (Poisson), near 2 like positive amounts (Gamma).', fallback: 1.5, min: 1.01, max: 1.99, integer: false, tasks: ['regression'], when: { objective: ['tweedie'] } },
  penalty: {
    kind: 'choice', label: 'Penalty', help: 'What pulls weights towards 0. Ridge shrinks them all; lasso sets many to exactly 0, which chooses features; elastic net is in between. Quantile has none, Huber none or ridge.', fallback: 'ridge',
    choices: [{ value: 'none', label: 'None' }, { value: 'ridge', label: 'Ridge (L2)' }, { value: 'lasso', label: 'Lasso (L1)' }, { value: 'elastic', label: 'Elastic net' }],
  },
  strength: {
    kind: 'choice', label: 'Strength', help: 'As given, or chosen by cross-validation on the training rows: the best mean error, or the strongest penalty within one standard error of it (fewer features).', fallback: 'given',
    when: { penalty: ['ridge', 'lasso', 'elastic'], objective: [...free] },
    choices: [{ value: 'given', label: 'As given' }, { value: 'best', label: 'Cross-validated: best' }, { value: 'simplest', label: 'Cross-validated: simplest' }],
  },
  l2: { kind: 'number', label: 'L2 penalty', help: 'Pulls weights towards 0; 1 is scikit-learn\'s C = 1 (or alpha = 1; for Huber alpha times the target\'s deviation). Raise it when there are many features for few rows.', fallback: 1, min: 0, max: 1e9, integer: false, log: true, when: { penalty: ['ridge'], ...given } },
  alpha: { kind: 'number', label: 'Alpha', help: 'Strength of lasso and elastic net, per row: scikit-learn\'s alpha, glmnet\'s lambda.', fallback: 0.01, min: 0, max: 1e9, integer: false, log: true, when: { penalty: ['lasso', 'elastic'], ...given } },
  l1Ratio: { kind: 'number', label: 'L1 share', help: 'Elastic net: 1 is lasso, 0 is ridge.', fallback: 0.5, min: 0, max: 1, integer: false, when: { penalty: ['elastic'] } },
  folds: { kind: 'number', label: 'Folds', help: 'Parts of the training rows that take turns to be left out.', fallback: 5, min: 2, max: 50, integer: true, advanced: true, when: searched },
  strengths: { kind: 'number', label: 'Strengths', help: 'How many strengths are tried, from the one that leaves no weight downwards.', fallback: 60, min: 2, max: 1000, integer: true, advanced: true, when: searched },
  iterations: { kind: 'number', label: 'Iterations at most', help: 'The solver ends by itself when it has converged; this only bounds it.', fallback: 300, min: 1, max: 10_000, integer: true, advanced: true },
  errors: { kind: 'flag', label: 'Standard errors', help: 'Works out standard errors and p-values of the weights where they are defined; costs one more pass over the rows.', fallback: true, advanced: true },
};
