// Refuses targets whose differences leave single precision, in which gradients and leaves are held: such a fit would end as
// a constant or in infinities and say nothing.
import { BarnacleError } from '../../base/errors.ts';
import type { LossRows } from './objectives/objective.ts';

/** The least normal number of single precision. */
const LEAST = 2 ** -126;

/** Throws numeric-failure when rows of weight differ, but by less than 1.2e-38 or by more than 3.4e38. */
export function checkSpread({ rows, target, weight }: LossRows): void {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < rows; i++) {
    if (weight && !(weight[i] > 0)) continue;
    if (target[i] < low) low = target[i];
    if (target[i] > high) high = target[i];
  }
  const spread = high - low;
  if (!(spread > 0)) return;
  if (spread < LEAST) throw outside('little', spread, 'up');
  if (!Number.isFinite(Math.fround(spread))) throw outside('much', spread, 'down');
}

const outside = (how: string, spread: number, way: string) =>
  new BarnacleError('numeric-failure', `the targets differ by ${spread}, too ${how} for the single precision of trees; scale the target ${way}`, { where: 'trees target', value: Number.isFinite(spread) ? spread : null });
