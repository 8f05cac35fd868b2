// The mean Poisson deviance, for counts: 2 mean(y ln(y / p) - y + p).
import { meanDeviance } from './deviance.ts';
import { defineMetric } from './metric.ts';

export const poissonDeviance = defineMetric({
  type: 'poisson-deviance',
  label: 'Poisson deviance',
  help: 'For counts: how unlikely the counts are under a Poisson law of the predicted means, against a perfect prediction (0). Undefined for negative truths.',
  tasks: ['regression'],
  better: 'lower',
  bounds: [0, Infinity],
  special: true,
  prepare: (truth, predicted) => meanDeviance(truth, predicted, 1),
});
