// The mean Tweedie deviance at power 1.5, for amounts that are often 0.
import { meanDeviance } from './deviance.ts';
import { defineMetric } from './metric.ts';

export const tweedieDeviance = defineMetric({
  type: 'tweedie-deviance',
  label: 'Tweedie deviance',
  help: 'For amounts that are often 0 (power 1.5): between Poisson and Gamma deviance. 0 is perfect. Undefined for negative truths.',
  tasks: ['regression'],
  better: 'lower',
  bounds: [0, Infinity],
  special: true,
  prepare: (truth, predicted) => meanDeviance(truth, predicted, 1.5),
});
