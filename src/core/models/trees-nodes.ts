// A stored `trees` model (layout: trees-model.ts) -> flat typed arrays of its nodes, or bad-bundle with what is wrong.
// The arrays may be anybody's: nothing is allocated beyond what the leaves that are there can ask for, every number is
// compared with its bound, and bits that no node needs must be absent. What comes back is sound: children after parents,
// each node but a root and each leaf with one parent.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { bitsFor, BitReader, mostBits } from './bits.ts';
import type { Model } from './model.ts';
import { isInSet, readSets, type Nominal } from './trees-sets.ts';
import { isUnsigned } from './unsigned.ts';

export type TreeNodes = {
  /** Nodes (without leaves) of each tree; a tree of n nodes has n + 1 leaves. */
  sizes: Int32Array;
  /** For each node: place of its feature, 1 = missing goes left, rank of its cut (or set) among the feature's, left and right (node of the same tree, or ~leaf of it). */
  place: Int32Array;
  missing: Uint8Array;
  cut: Int32Array;
  left: Int32Array;
  right: Int32Array;
  /** The features that are asked, ascending, and the cuts of each, ascending: none of a nominal one, which has sets. */
  features: Int32Array;
  cuts: Float32Array[];
  /** By place: null for a feature that is a number. */
  nominal: readonly (Nominal | null)[];
  /** Training rows (or their weight) of each leaf, in the order of leaves; null when the model holds none. */
  covers: ArrayLike<number> | null;
};

/** Which way a row with this value goes at node n (counted over all trees): true = left. */
export function goesLeft({ place, cut, cuts, missing, nominal }: TreeNodes, n: number, value: number): boolean {
  if (value !== value) return missing[n] === 1;
  const set = nominal[place[n]];
  return set ? isInSet(set, cut[n], value) : value <= cuts[place[n]][cut[n]];
}

/** The cover of every node: those of its leaves together. Null when the model holds none. */
export function nodeCovers({ sizes, left, right, covers }: TreeNodes): Float64Array | null {
  if (!covers) return null;
  const out = new Float64Array(left.length);
  for (let tree = sizes.length - 1, end = left.length; tree >= 0; end -= sizes[tree--]) {
    const first = end - sizes[tree];
    const of = (child: number) => (child < 0 ? covers[first + tree + ~child] : out[first + child]);
    for (let n = end - 1; n >= first; n--) out[n] = of(left[n]) + of(right[n]);
  }
  return out;
}

export function nodesOf(model: Model): TreeNodes {
  const { shape, rules, leaves, gains } = model.arrays;
  if (!(shape instanceof Uint8Array) || !(rules instanceof Uint8Array)) throw broken('needs shape and rules in bytes');
  const features = featuresOf(model);
  const { counts } = model.arrays;
  if (!isUnsigned(counts) || counts.length !== features.length) throw broken(`needs a count of cuts for ${features.length} features`);
  const nominal = readSets(model, counts);
  const cuts = cutsOf(model, counts, nominal);
  if (!(gains instanceof Float32Array) || gains.length !== features.length || !gains.every((share) => share >= 0 && share <= 1)) throw broken(`needs a share of the gain for ${features.length} features`);
  const nodes = countNodes(shape, leaves?.length ?? 0);
  const { trees } = model.json as JsonObject;
  if (nodes > (leaves?.length ?? 0) || trees !== (leaves?.length ?? 0) - nodes) throw broken(`has ${nodes} nodes and ${leaves?.length ?? 0} leaves, which do not make ${JSON.stringify(trees)} trees`);
  const out: TreeNodes = { ...links(shape, nodes, leaves?.length ?? 0), place: new Int32Array(nodes), missing: new Uint8Array(nodes), cut: new Int32Array(nodes), features, cuts, nominal, covers: coversOf(model, leaves?.length ?? 0) };
  const bits = new BitReader(rules);
  const placeBits = bitsFor(features.length);
  const widths = Int32Array.from(counts, (count) => bitsFor(count));
  for (let n = 0; n < nodes; n++) {
    const place = bits.read(placeBits);
    if (place < 0 || place >= features.length) throw broken(`node ${n} asks feature ${place} of ${features.length}`);
    const missing = bits.read(1);
    const cut = bits.read(widths[place]);
    if (missing < 0 || cut < 0 || cut >= counts[place]) throw broken(`node ${n} asks cut ${cut} of ${counts[place]}`);
    out.place[n] = place;
    out.missing[n] = missing;
    out.cut[n] = cut;
  }
  if (!bits.isSpent()) throw broken('has more rules than nodes');
  return out;
}

function featuresOf(model: Model): Int32Array {
  const { features } = model.arrays;
  if (!isUnsigned(features)) throw broken('needs features as unsigned integers');
  for (let i = 0; i < features.length; i++) if (features[i] >= model.features || (i > 0 && features[i] <= features[i - 1])) throw broken(`asks feature ${features[i]} of ${model.features}, or not in order`);
  return Int32Array.from(features);
}

function coversOf(model: Model, leaves: number): ArrayLike<number> | null {
  const { covers } = model.arrays;
  const { covers: has } = model.json as JsonObject;
  if (has === undefined && covers === undefined) return null;
  if (has !== true || !(isUnsigned(covers) || covers instanceof Float32Array) || covers.length !== leaves) throw broken(`needs the covers of ${leaves} leaves`);
  for (let i = 0; i < leaves; i++) if (!(covers[i] >= 0 && covers[i] < Infinity)) throw broken(`has a leaf that covers ${covers[i]}`);
  return covers;
}

function cutsOf(model: Model, counts: ArrayLike<number>, nominal: readonly (Nominal | null)[]): Float32Array[] {
  const { cuts } = model.arrays;
  if (!(cuts instanceof Float32Array)) throw broken('needs cuts in single precision');
  const out: Float32Array[] = [];
  let at = 0;
  for (let place = 0; place < counts.length; place++) {
    const count = counts[place];
    if (count < 1 || count > 2 ** mostBits) throw broken(`has a feature of ${count} cuts`);
    if (nominal[place]) {
      out.push(cuts.subarray(0, 0));
      continue;
    }
    if (at + count > cuts.length) throw broken(`has a feature of ${count} cuts`);
    const list = cuts.subarray(at, at + count);
    for (let i = 0; i < count; i++) if (Number.isNaN(list[i]) || (i > 0 && !(list[i - 1] < list[i]))) throw broken(`has cuts that do not ascend, at ${at + i}`);
    out.push(list);
    at += count;
  }
  if (at !== cuts.length) throw broken(`has ${cuts.length} cuts, not ${at}`);
  return out;
}

/** How many ones come up to the last leaf. */
function countNodes(shape: Uint8Array, leaves: number): number {
  const bits = new BitReader(shape);
  let nodes = 0;
  for (let seen = 0; seen < leaves;) {
    const bit = bits.read(1);
    if (bit < 0) throw broken(`has a shape of ${seen} leaves, not ${leaves}`);
    if (bit) nodes++;
    else seen++;
  }
  if (!bits.isSpent()) throw broken(`has more shape than ${leaves} leaves`);
  return nodes;
}

function links(shape: Uint8Array, nodes: number, leaves: number): Pick<TreeNodes, 'sizes' | 'left' | 'right'> {
  const sizes = new Int32Array(leaves - nodes);
  const left = new Int32Array(nodes);
  const right = new Int32Array(nodes);
  const open = new Int32Array(nodes);
  const bits = new BitReader(shape);
  let tree = 0;
  for (let first = 0; tree < sizes.length; first += sizes[tree++]) {
    let size = 0;
    let leaf = 0;
    let waiting = 0;
    let parent = -1;
    let side = left;
    do {
      const bit = bits.read(1);
      if (bit < 0) throw broken(`tree ${tree} is not complete`);
      if (parent >= 0) side[first + parent] = bit ? size : ~leaf;
      if (bit) {
        open[waiting++] = parent = size++;
        side = left;
      } else {
        leaf++;
        parent = waiting > 0 ? open[--waiting] : -1;
        side = right;
      }
    } while (parent >= 0);
    sizes[tree] = size;
  }
  if (!bits.isSpent()) throw broken('has more shape than trees');
  return { sizes, left, right };
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `trees model ${reason}`, { reason });
