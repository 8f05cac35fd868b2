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

/** Rows scored together: their values and one tree fit the first-level cache. */
const BLOCK = 256;

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
  const { outputs, starts, roots, columns } = walk;
  const leaves = floatsOf(model, 'leaves');
  const base = model.arrays.base;
  const scores = new Float64Array(matrix.rows * outputs);
  const width = columns.length;
  const block = new Float32Array(BLOCK * width);
  for (let from = 0; from < matrix.rows; from += BLOCK) {
    const count = Math.min(BLOCK, matrix.rows - from);
    for (let c = 0; c < width; c++) {
      const values = matrix.data[columns[c]];
      for (let i = 0, at = c; i < count; i++, at += width) block[at] = values[from + i];
    }
    for (let i = 0, at = from * outputs; i < count; i++) for (let k = 0; k < outputs; k++) scores[at++] = base[k];
    for (let t = 0; t < roots.length; t++) addTree(walk, roots[t], starts[t], leaves, block, width, count, scores, from * outputs + (t % outputs), outputs);
  }
  return scores;
}

function addTree(walk: Walk, root: number, firstLeaf: number, leaves: Float64Array | Float32Array, block: Float32Array, width: number, count: number, scores: Float64Array, to: number, outputs: number): void {
  const { links, thresholds } = walk;
  for (let i = 0, row = 0; i < count; i++, row += width, to += outputs) {
    let node = root;
    while (node >= 0) {
      const value = block[row + links[4 * node]];
      node = links[4 * node + (value <= thresholds[node] ? 1 : value === value ? 2 : 3)];
    }
    scores[to] += leaves[firstLeaf + ~node];
  }
}

function predictTrees(model: Model, matrix: Matrix): Prediction {
  const values = scoreTrees(model, matrix);
  const width = (model.json as JsonObject).outputs as number;
  if (model.task !== 'regression') for (let i = 0; i < values.length; i += width) link(model.task, values, i, width);
  return { task: model.task, classes: model.classes, rows: matrix.rows, width, values };
}

/** Four words a node: column of the block, then where to go: left, right, missing (an absolute node, or ~leaf of the tree). */
type Walk = { outputs: number; roots: Int32Array; starts: Int32Array; columns: number[]; links: Int32Array; thresholds: Float32Array };
const walks = new WeakMap<Model, Walk>();

function walkOf(model: Model): Walk {
  const known = walks.get(model);
  if (known) return known;
  const { sizes, feature, threshold, missing, left, right } = model.arrays;
  const columns = [...new Set(feature as Iterable<number>)].sort((a, b) => a - b);
  const place = new Map(columns.map((column, i) => [column, i]));
  const roots = new Int32Array(sizes.length);
  const starts = new Int32Array(sizes.length);
  const links = new Int32Array(4 * feature.length);
  for (let t = 0, first = 0; t < sizes.length; first += sizes[t++]) {
    roots[t] = sizes[t] > 0 ? first : -1;
    starts[t] = first + t;
    const absolute = (child: number) => (child < 0 ? child : first + child);
    for (let n = first; n < first + sizes[t]; n++) {
      links.set([place.get(feature[n]) as number, absolute(left[n]), absolute(right[n]), absolute(missing[n] ? left[n] : right[n])], 4 * n);
    }
  }
  const walk = { outputs: (model.json as JsonObject).outputs as number, roots, starts, columns, links, thresholds: threshold as Float32Array };
  walks.set(model, walk);
  return walk;
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
