// What the absolute error and quantiles share: the pinball loss of a share, |error| times share or 1 - share, times `scale`.
// gradient scale (1 - share) from the target upwards, -scale share below it; hessian 1, with leaves renewed to the quantile
// of residuals, as in LightGBM (RegressionL1loss, RegressionQuantileloss).
import type { LossRows, OpenObjective } from './objective.ts';
import { measureRanges } from './ranges.ts';
import { renewLeaves, targetQuantile } from './renew-leaves.ts';
import { selectQuantile } from './select-quantile.ts';

/** Scale 2 at share 0.5 is the absolute error, whose gradient is 0 on the target. */
export function openPinball(train: LossRows, share: number, scale: number): OpenObjective {
  const over = scale * (1 - share);
  const under = -scale * share;
  const on = over === -under ? 0 : over;
  return {
    start: () => Float64Array.of(targetQuantile(train, share)),
    gradients(scores, out, ranges) {
      const { rows, target, weight } = train;
      for (let i = 0, at = 0; i < rows; i++, at += 2) {
        const w = weight ? weight[i] : 1;
        const error = scores[i] - target[i];
        out[at] = (error > 0 ? over : error < 0 ? under : on) * w;
        out[at + 1] = w;
      }
      measureRanges(out, weight, rows, 1, ranges);
    },
    mean(scores, { rows, target, weight }, step = 1) {
      let sum = 0;
      let total = 0;
      for (let i = 0; i < rows; i += step) {
        const w = weight ? weight[i] : 1;
        const error = scores[i] - target[i];
        total += w;
        if (w > 0) sum += w * error * (error > 0 ? over : under);
      }
      return total > 0 ? sum / total : 0;
    },
    renew: renewLeaves(train, (residuals, weights, from, to) => selectQuantile(residuals, weights, from, to, share)),
  };
}
