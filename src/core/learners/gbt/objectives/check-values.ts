// Refusals of targets that a log link cannot learn from.
import { BarnacleError } from '../../../base/errors.ts';
import type { LossRows } from './objective.ts';

export function badTarget(objective: string, reason: string): BarnacleError<'bad-target'> {
  return new BarnacleError('bad-target', `the target ${reason}`, { column: '', reason: `${objective}: ${reason}` });
}

/** Throws bad-target when a row of weight has a target below 0 (or, `positive`, at 0). */
export function checkValues(objective: string, { rows, target, weight }: LossRows, positive: boolean): void {
  let least = Infinity;
  for (let i = 0; i < rows; i++) {
    if (weight && !(weight[i] > 0)) continue;
    if (target[i] < least) least = target[i];
  }
  if (positive && least <= 0) throw badTarget(objective, `has the value ${least} and the ${objective} objective needs values above 0; choose tweedie (zeros allowed), squared or absolute`);
  if (least < 0) throw badTarget(objective, `has the value ${least} and the ${objective} objective needs values of at least 0; choose squared or absolute`);
}
