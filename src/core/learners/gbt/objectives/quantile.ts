// The pinball loss: a quantile of the target (Koenker and Bassett, 1978). Two fits, of 0.05 and 0.95, bracket 90 % of rows.
import { defineObjective } from './objective.ts';
import { openPinball } from './pinball.ts';

export const quantile = defineObjective({
  type: 'quantile',
  label: 'Quantile',
  help: 'A chosen quantile of the target: 0.9 gives a bound that nine of ten truths lie below.',
  tasks: ['regression'],
  kernel: null,
  link: 'identity',
  reads: ['quantile'],
  grouped: false,
  maxStep: Infinity,
  outputs: () => 1,
  check: () => {},
  open: (train, params) => openPinball(train, params.quantile, 1),
});
