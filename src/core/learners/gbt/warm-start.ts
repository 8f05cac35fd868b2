// Going on from a fitted `trees` model: what it must share with the fit, its scores on new rows, and whose gain is whose.
import { BarnacleError } from '../../base/errors.ts';
import { checkModel } from '../../models/check-model.ts';
import { linkOf } from '../../models/link.ts';
import type { Model } from '../../models/model.ts';
import { treesModel } from '../../models/trees-model.ts';
import type { PackedTree, TreesParts } from '../../models/trees-model.ts';
import { partsOf } from '../../models/trees-parts.ts';
import { scoreTrees } from '../../models/trees.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { ModelHead } from './checkpoint.ts';

/** The parts of the model, or null without one. Throws bad-param when it is not of the same kind, target, features and link. */
export function readWarm(model: Model | null, head: ModelHead): TreesParts | null {
  if (!model) return null;
  if (model.type !== 'trees') throw mismatch('kind', model.type, 'trees');
  checkModel(model);
  const parts = partsOf(model);
  if (parts.task !== head.task) throw mismatch('task', parts.task, head.task);
  if (parts.classes.length !== head.classes.length || parts.classes.some((name, i) => name !== head.classes[i])) throw mismatch('classes', parts.classes.join(', '), head.classes.join(', '));
  if (parts.features !== head.features) throw mismatch('features', String(parts.features), String(head.features));
  const [old, own] = [parts.link ?? linkOf(parts.task), head.link ?? linkOf(head.task)];
  if (old !== own) throw mismatch('link', JSON.stringify(old), JSON.stringify(own));
  return parts;
}

/** Scores of a matrix, output-major. */
export function warmScores(head: ModelHead, trees: readonly PackedTree[], matrix: Matrix): Float64Array {
  const { outputs } = head;
  const byRow = scoreTrees(treesModel({ ...head, trees }), matrix);
  const out = new Float64Array(byRow.length);
  for (let row = 0; row < matrix.rows; row++) for (let k = 0; k < outputs; k++) out[k * matrix.rows + row] = byRow[row * outputs + k];
  return out;
}

/** Shares of gain of old and new trees together: a model does not keep sums, so shares weigh by the number of trees. */
export function warmGains(old: ArrayLike<number>, oldTrees: number, fresh: Float64Array, freshTrees: number): Float64Array {
  const all = fresh.reduce((sum, gain) => sum + gain, 0);
  return fresh.map((gain, f) => (all > 0 ? (gain / all) * freshTrees : 0) + old[f] * oldTrees);
}

const mismatch = (what: string, found: string, wanted: string) =>
  new BarnacleError('bad-param', `the model to go on from has the ${what} ${found} and this fit ${wanted}; choose another model or train from the start`, { path: 'from', value: found, expected: wanted });
