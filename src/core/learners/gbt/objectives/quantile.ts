// The pinball loss: a quantile of the target (Koenker and Bassett, 1978). Two fits, of 0.05 and 0.95, bracket 90 % of rows.
import { pinballName, PINBALL_PERCENTS } from '../../../metrics/pinball.ts';
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
  judges: ({ quantile: share }) => PINBALL_PERCENTS.filter((percent) => Math.abs(percent - 100 * share) < 1e-9).map(pinballName),
  outputs: () => 1,
  check: () => {},
  open: (train, params) => openPinball(train, params.quantile, 1),
});
