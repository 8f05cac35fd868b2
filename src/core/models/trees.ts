// The model kind `trees`: scores are base + the leaf of each tree, in tree order, in doubles; then the link.
// A row goes left where value <= cut (both single precision), or where its code is in the set; a missing value takes the side
// learned for it.
// Array layout: trees-model.ts. Leaves are read through floatsOf, so they may be stored as 8- or 16-bit integers.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Matrix, Prediction } from '../table/matrix.ts';
import { floatsOf } from './decode.ts';
import { link, readLink } from './link.ts';
import { defineModel } from './model.ts';
import type { Model } from './model.ts';
import type { ServingKernels } from './serving-kernels.ts';
import { nodesOf } from './trees-nodes.ts';
import { addLeaves, walkOf } from './trees-walk.ts';
import { widthOf } from './width.ts';

export const trees = defineModel({
  type: 'trees',
  label: 'Trees',
  check: checkTrees,
  predict: predictTrees,
  quantizable: () => [{ name: 'leaves', block: 64 }],
  trim: dropCovers,
});

/** Raw scores, row-major rows x outputs: log odds, logits or values. */
export function scoreTrees(model: Model, matrix: Matrix, serving: ServingKernels | null = null): Float64Array {
  const outputs = (model.json as JsonObject).outputs as number;
  const { base } = model.arrays;
  const scores = new Float64Array(matrix.rows * outputs);
  for (let i = 0; i < scores.length; i++) scores[i] = base[i % outputs];
  if (!serving?.addTrees(model, matrix, scores)) addLeaves(walkOf(model), floatsOf(model, 'leaves'), matrix, scores);
  return scores;
}

function predictTrees(model: Model, matrix: Matrix, serving: ServingKernels | null = null): Prediction {
  const values = scoreTrees(model, matrix, serving);
  const width = (model.json as JsonObject).outputs as number;
  const by = readLink(model.task, (model.json as JsonObject).link);
  if (by !== 'identity') for (let i = 0; i < values.length; i += width) link(model.task, values, i, width, by);
  return { task: model.task, classes: model.classes, rows: matrix.rows, width, values };
}

function dropCovers(model: Model): Model {
  const { covers: _rows, ...arrays } = model.arrays;
  const { covers: _has, ...json } = model.json as JsonObject;
  return { ...model, json, arrays };
}

/** Throws bad-bundle unless the nodes are sound (trees-nodes.ts) and base and leaves are finite numbers, one leaf for each. */
function checkTrees(model: Model): void {
  const json = model.json as JsonObject | null;
  const outputs = json && typeof json === 'object' && !Array.isArray(json) ? json.outputs : null;
  const expected = widthOf(model.task, model.classes.length);
  if (outputs !== expected) throw broken(`has ${JSON.stringify(outputs)} outputs, not ${expected}`);
  readLink(model.task, json?.link);
  const { base } = model.arrays;
  if (!(base instanceof Float64Array) || base.length !== expected || !base.every(Number.isFinite)) throw broken(`needs ${expected} finite starting scores`);
  nodesOf(model);
  const leaves = floatsOf(model, 'leaves');
  for (let i = 0; i < leaves.length; i++) if (!Number.isFinite(leaves[i])) throw broken(`leaf ${i} is ${leaves[i]}`);
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `trees model ${reason}`, { reason });
