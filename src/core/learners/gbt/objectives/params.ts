// The declared parameters that choose and shape what boosting minimises; gbt's params take them in as they are.
import type { Params } from '../../../base/params.ts';

export type ObjectiveName = 'auto' | 'squared' | 'absolute' | 'huber' | 'quantile' | 'poisson' | 'gamma' | 'tweedie' | 'lambdarank';

export type ObjectiveParams = {
  /** 'auto' = by task: binary, softmax, squared. */
  objective: ObjectiveName;
  /** Classes: rows weigh alike, or every class does. */
  balance: 'none' | 'balanced';
  quantile: number;
  /** In the unit of the target; 0 = chosen from the residuals of each round. */
  huberDelta: number;
  tweediePower: number;
  rankDepth: number;
};

export const objectiveParams: Params<ObjectiveParams> = {
  objective: {
    kind: 'choice', label: 'Objective', help: 'What is minimised: the squared error unless something else is chosen.', fallback: 'auto', tasks: ['regression'],
    choices: [
      { value: 'auto', label: 'Automatic' },
      { value: 'squared', label: 'Squared error (the mean)' },
      { value: 'absolute', label: 'Absolute error (the median)' },
      { value: 'huber', label: 'Huber (the mean, outliers held back)' },
      { value: 'quantile', label: 'Quantile' },
      { value: 'poisson', label: 'Poisson (counts)' },
      { value: 'gamma', label: 'Gamma (positive amounts)' },
      { value: 'tweedie', label: 'Tweedie (amounts with many zeros)' },
      { value: 'lambdarank', label: 'Ranking (NDCG)' },
    ],
  },
  balance: {
    kind: 'choice', label: 'Class weights', help: 'Balanced gives every class the same total weight, so rare ones are found more often; probabilities then no longer match how often a class occurs.', fallback: 'none', tasks: ['binary', 'multiclass'],
    choices: [{ value: 'none', label: 'None' }, { value: 'balanced', label: 'Balanced' }],
  },
  quantile: { kind: 'number', label: 'Quantile', help: 'Quantile objective: the share of targets that should lie below the prediction.', fallback: 0.5, min: 0.001, max: 0.999, integer: false, tasks: ['regression'], when: { objective: ['quantile'] } },
  huberDelta: { kind: 'number', label: 'Huber delta', help: 'Huber objective: errors beyond it count linearly, in the unit of the target. 0 takes the 90 % quantile of the errors of each round.', fallback: 0, min: 0, max: 1e12, integer: false, tasks: ['regression'], when: { objective: ['huber'] } },
  tweediePower: { kind: 'number', label: 'Tweedie power', help: 'Tweedie objective: near 1 is like counts (Poisson), near 2 like positive amounts (Gamma).', fallback: 1.5, min: 1.01, max: 1.99, integer: false, tasks: ['regression'], when: { objective: ['tweedie'] } },
  rankDepth: { kind: 'number', label: 'Rank depth', help: 'Ranking objective: pairs count when at least one of the two stands among so many first.', fallback: 30, min: 1, max: 1000, integer: true, tasks: ['regression'], when: { objective: ['lambdarank'] } },
};
