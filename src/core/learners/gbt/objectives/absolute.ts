// The absolute error: the median of the target.
import { defineObjective } from './objective.ts';
import { openPinball } from './pinball.ts';

export const absolute = defineObjective({
  type: 'absolute',
  label: 'Absolute error',
  help: 'The median of the target: half of the truths lie below. Outliers count no more than other rows.',
  tasks: ['regression'],
  kernel: null,
  link: 'identity',
  reads: [],
  grouped: false,
  maxStep: Infinity,
  judges: () => [],
  outputs: () => 1,
  check: () => {},
  open: (train) => openPinball(train, 0.5, 2),
});
