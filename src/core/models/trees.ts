// The model kind `trees`: scores are base + the leaf of each tree, in tree order, in doubles; then sigmoid or softmax.
// A row goes left where value <= threshold (both single precision); a missing value takes the side learned for it.
// Array layout: trees-model.ts. Leaves are read through floatsOf, so they may be stored as 8- or 16-bit integers.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Matrix, Prediction } from '../table/matrix.ts';
import { floatsOf } from './decode.ts';
import { link } from './link.ts';
import { defineModel } from './model.ts';
import type { Model, ModelArray } from './model.ts';
import { addLeaves, walkOf } from './trees-walk.ts';

export const trees = defineModel({
  type: 'trees',
  label: 'Trees',
  check: checkTrees,
  predict: predictTrees,
  quantizable: () => [{ name: 'leaves', block: 64 }],
});

/** Raw scores, row-major rows x outputs: log odds, logits or values. */
export function scoreTrees(model: Model, matrix: Matrix): Float64Array {
  const walk = walkOf(model);
  const { base } = model.arrays;
  const scores = new Float64Array(matrix.rows * walk.outputs);
  for (let i = 0; i < scores.length; i++) scores[i] = base[i % walk.outputs];
  addLeaves(walk, floatsOf(model, 'leaves'), matrix, scores);
  return scores;
}

function predictTrees(model: Model, matrix: Matrix): Prediction {
  const values = scoreTrees(model, matrix);
  const width = (model.json as JsonObject).outputs as number;
  if (model.task !== 'regression') for (let i = 0; i < values.length; i += width) link(model.task, values, i, width);
  return { task: model.task, classes: model.classes, rows: matrix.rows, width, values };
}

/** Throws bad-bundle unless every tree is one: each node but the root and each leaf has one parent, children after parents. */
function checkTrees(model: Model): void {
  const { sizes, feature, threshold, missing, left, right, base } = model.arrays;
  const json = model.json as JsonObject | null;
  const outputs = json && typeof json === 'object' && !Array.isArray(json) ? json.outputs : null;
  const expected = model.task === 'multiclass' ? model.classes.length : 1;
  if (outputs !== expected) throw broken(`has ${JSON.stringify(outputs)} outputs, not ${expected}`);
  for (const [name, array, signed] of [['sizes', sizes, false], ['feature', feature, false], ['left', left, true], ['right', right, true]] as const) {
    if (!isIntegers(array, signed)) throw broken(`array "${name}" is not of ${signed ? 'signed' : 'unsigned'} integers`);
  }
  if (!(threshold instanceof Float32Array) || !(missing instanceof Uint8Array)) throw broken('needs thresholds in single precision and missing flags in bytes');
  if (!(base instanceof Float64Array) || base.length !== expected || !base.every(Number.isFinite)) throw broken(`needs ${expected} finite starting scores`);
  let nodes = 0;
  for (let t = 0; t < sizes.length; t++) nodes += sizes[t];
  for (const array of [feature, threshold, missing, left, right]) if (array.length !== nodes) throw broken(`has an array of ${array.length} entries for ${nodes} nodes`);
  const leaves = floatsOf(model, 'leaves');
  if (leaves.length !== nodes + sizes.length) throw broken(`has ${leaves.length} leaves, not ${nodes + sizes.length}`);
  for (let i = 0; i < leaves.length; i++) if (!Number.isFinite(leaves[i])) throw broken(`leaf ${i} is ${leaves[i]}`);
  for (let n = 0; n < nodes; n++) {
    if (feature[n] >= model.features) throw broken(`node ${n} reads feature ${feature[n]} of ${model.features}`);
    if (Number.isNaN(threshold[n]) || missing[n] > 1) throw broken(`node ${n} has no sound rule`);
  }
  for (let t = 0, first = 0; t < sizes.length; first += sizes[t++]) checkTree(t, sizes[t], left, right, first);
}

function checkTree(tree: number, size: number, left: ModelArray, right: ModelArray, first: number): void {
  const seen = new Uint8Array(2 * size + 1);
  for (let n = 0; n < size; n++) {
    for (const child of [left[first + n], right[first + n]]) {
      const place = child < 0 ? size + ~child : child;
      if (child < 0 ? ~child > size : child <= n || child >= size) throw broken(`tree ${tree}, node ${n} points to ${child}`);
      if (seen[place]) throw broken(`tree ${tree} reaches ${child} twice`);
      seen[place] = 1;
    }
  }
}

const isIntegers = (array: ModelArray | undefined, signed: boolean): boolean =>
  signed ? array instanceof Int8Array || array instanceof Int16Array || array instanceof Int32Array : array instanceof Uint8Array || array instanceof Uint16Array || array instanceof Uint32Array;
const broken = (reason: string) => new BarnacleError('bad-bundle', `trees model ${reason}`, { reason });
