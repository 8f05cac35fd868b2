// The declared parameters of the linear support vector machine.
import type { Params } from '../../base/params.ts';

export type SvmParams = {
  c: number;
  epsilon: number;
  balance: 'none' | 'balanced';
  probabilities: 'folds' | 'rows';
  folds: number;
  heldIntercept: boolean;
  iterations: number;
};

export const svmParams: Params<SvmParams> = {
  c: { kind: 'number', label: 'C', help: 'How much rows on the wrong side weigh against small weights; scikit-learn\'s C. Lower it when there are many features for few rows.', fallback: 1, min: 1e-9, max: 1e9, integer: false, log: true },
  epsilon: { kind: 'number', label: 'Epsilon', help: 'Errors up to this, in the unit of the target, cost nothing.', fallback: 0, min: 0, max: 1e12, integer: false, tasks: ['regression'] },
  balance: {
    kind: 'choice', label: 'Class weights', help: 'Balanced gives every class the same total weight, so rare ones are found more often; probabilities then no longer match how often a class occurs.', fallback: 'none', tasks: ['binary', 'multiclass'],
    choices: [{ value: 'none', label: 'None' }, { value: 'balanced', label: 'Balanced' }],
  },
  probabilities: {
    kind: 'choice', label: 'Probabilities', help: 'Margins become probabilities by Platt\'s curve: fitted to margins of rows left out (honest, costs a fit for each fold), or of the training rows (fast, too sure of itself).', fallback: 'folds', tasks: ['binary', 'multiclass'],
    choices: [{ value: 'folds', label: 'From rows left out' }, { value: 'rows', label: 'From training rows' }],
  },
  folds: { kind: 'number', label: 'Folds', help: 'Parts of the training rows that take turns to be left out.', fallback: 3, min: 2, max: 20, integer: true, tasks: ['binary', 'multiclass'], advanced: true, when: { probabilities: ['folds'] } },
  heldIntercept: { kind: 'flag', label: 'Hold the intercept', help: 'Penalises the intercept as one more weight, as liblinear does; on to compare with scikit-learn\'s LinearSVC.', fallback: false, advanced: true },
  iterations: { kind: 'number', label: 'Iterations at most', help: 'The solver ends by itself when it has converged; this only bounds it.', fallback: 200, min: 1, max: 10_000, integer: true, advanced: true },
};
