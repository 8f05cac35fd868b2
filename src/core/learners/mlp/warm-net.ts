// Going on from a fitted net with new rows: what it must share with the fit, and what is taken over from it.
import { BarnacleError } from '../../base/errors.ts';
import { checkModel } from '../../models/check-model.ts';
import { linkOf } from '../../models/link.ts';
import type { Model } from '../../models/model.ts';
import { netPartsOf, type NetParts } from '../../models/net/make-net-model.ts';
import type { Matrix } from '../../table/matrix.ts';
import { taskOf } from '../task-of.ts';

/** The parts of the model, or null without one. Throws bad-param when it is not of the same kind, target, features and link. */
export function readWarmNet(model: Model | null, { features, target }: Matrix): Required<NetParts> | null {
  if (!model) return null;
  if (model.type !== 'net') throw mismatch('kind', model.type, 'net');
  checkModel(model);
  const parts = netPartsOf(model);
  const task = taskOf(target!);
  const classes = target!.kind === 'class' ? target!.classes : [];
  if (parts.task !== task) throw mismatch('task', parts.task, task);
  if (parts.classes.length !== classes.length || parts.classes.some((name, i) => name !== classes[i])) throw mismatch('classes', parts.classes.join(', '), classes.join(', '));
  if (parts.features.length !== features.length) throw mismatch('features', String(parts.features.length), String(features.length));
  if (parts.link !== linkOf(task)) throw mismatch('link', parts.link, String(linkOf(task)));
  parts.features.forEach((old, j) => {
    const [had, has] = ['levels' in old ? old.levels : undefined, features[j].levels];
    if (had !== has) throw mismatch(`levels of ${features[j].name}`, String(had ?? 'none'), String(has ?? 'none'));
  });
  return parts;
}

const mismatch = (what: string, found: string, wanted: string): BarnacleError<'bad-param'> =>
  new BarnacleError('bad-param', `the model to go on from has the ${what} ${found} and this fit ${wanted}; choose another model or train from the start`, { path: 'from', value: found, expected: wanted });
