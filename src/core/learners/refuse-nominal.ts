// Who cannot take categories as they are says so before it fits, with the way out: an encoding, trees or nets.
import { BarnacleError } from '../base/errors.ts';
import type { Matrix } from '../table/matrix.ts';
import type { Learner } from './learner.ts';

/** Throws nominal-feature when the matrix has a nominal feature and the learner takes none. */
export function refuseNominal(learner: Pick<Learner, 'type' | 'label' | 'nominal'>, { features }: Pick<Matrix, 'features'>): void {
  const kept = learner.nominal ? undefined : features.find((feature) => feature.levels !== undefined);
  if (!kept) return;
  throw new BarnacleError('nominal-feature', `feature "${kept.name}" is kept as categories, which the learner ${learner.type} does not take; encode it (one-hot, target encoding) or choose trees or a net`, { column: kept.source, learner: learner.label });
}
