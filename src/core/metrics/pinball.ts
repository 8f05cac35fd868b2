// Mean pinball losses (Koenker and Bassett, 1978), one metric for each quantile that people ask for, since a metric cannot
// know which quantile a model was made for.
import { meanLoss, valueLosses } from './mean-loss.ts';
import { defineMetric } from './metric.ts';
import type { Metric } from './metric.ts';

/** The quantiles that there is a metric for, in percent. */
export const PINBALL_PERCENTS = [5, 10, 25, 50, 75, 90, 95] as const;

export const pinballName = (percent: number): string => `pinball-${percent}`;

export const pinballs: readonly Metric[] = PINBALL_PERCENTS.map((percent) =>
  defineMetric({
    type: pinballName(percent),
    label: `Pinball loss, ${percent} %`,
    help: `For a prediction of the ${percent} % quantile: an error counts ${percent / 100} of its size when the truth is above and ${1 - percent / 100} when it is below, in the unit of the target. 0 is perfect.`,
    tasks: ['regression'],
    better: 'lower',
    bounds: [0, Infinity],
    special: true,
    prepare(truth, predicted) {
      const share = percent / 100;
      const losses = valueLosses(truth, predicted, (y, p) => (y >= p ? share * (y - p) : (1 - share) * (p - y)));
      return losses ? meanLoss(losses) : () => NaN;
    },
  }),
);
