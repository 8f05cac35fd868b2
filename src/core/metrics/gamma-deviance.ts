// The mean Gamma deviance, for positive amounts: 2 mean(y / p - 1 - ln(y / p)).
import { meanDeviance } from './deviance.ts';
import { defineMetric } from './metric.ts';

export const gammaDeviance = defineMetric({
  type: 'gamma-deviance',
  label: 'Gamma deviance',
  help: 'For positive amounts: relative errors count, 10 for 11 as much as 1000 for 1100. 0 is perfect. Undefined when a truth is 0 or less.',
  tasks: ['regression'],
  better: 'lower',
  bounds: [0, Infinity],
  special: true,
  prepare: (truth, predicted) => meanDeviance(truth, predicted, 2),
});
