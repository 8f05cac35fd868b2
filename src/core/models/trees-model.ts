// Packs grown trees into a `trees` model, as small as they get without loss; the same trees give the same bytes.
// Trees follow each other, each in preorder: a node, its left subtree, its right subtree. arrays:
//   shape      one bit for each node (1) and each leaf (0) in that order: all the links there are
//   rules      bits, node by node: place of its feature in `features`, 1 if missing goes left, which of the feature's cuts
//   features   the features that are asked, ascending; counts: how many cuts or sets each has (at least one)
//   cuts       all cuts of numbers, feature after feature, ascending: value <= cut goes left, both in single precision
//   gains      summed gain of each of those features as a share of all gain
//   leaves     values in that order; base: score of each output before the first tree
//   covers     with json.covers: training rows (or their weight) of each leaf
//   groups, levels, codes, sets   nominal features: codes in the set go left (trees-sets.ts)
// Of json.trees trees, tree t adds to output t % json.outputs; json.link where it is not the task's. trees-nodes.ts unpacks.
import type { Task } from '../base/task.ts';
import { bitsFor, BitWriter } from './bits.ts';
import type { Link } from './link.ts';
import type { Model, ModelArray } from './model.ts';
import { packSets, setArrays, type PackedSets } from './trees-sets.ts';
import { smallestInts } from './unsigned.ts';

/**
 * left and right are nodes of the same tree (the root is node 0), or ~leaf. `set`: the feature is nominal and these codes go
 * left, all others right (missing ones by missingLeft); the threshold is then not read. A feature is nominal everywhere or nowhere.
 */
export type PackedNode = { feature: number; threshold: number; set?: readonly number[] | null; missingLeft: boolean; left: number; right: number; gain: number };
/** values and covers by leaf; covers = training rows (or their weight) that reach it. */
export type PackedTree = { nodes: readonly PackedNode[]; values: Float32Array; covers?: ArrayLike<number> };
export type TreesParts = {
  task: Task;
  classes: readonly string[];
  features: number;
  outputs: number;
  base: Float64Array;
  /** With covers in all trees or in none. */
  trees: readonly PackedTree[];
  /** Absent = that of the task: sigmoid, softmax or identity. */
  link?: Link;
  /** Summed gain by feature, for trees whose nodes have lost theirs (trees-parts.ts); absent = from the nodes. */
  gains?: ArrayLike<number>;
};

export function treesModel({ task, classes, features, outputs, base, trees, link, gains }: TreesParts): Model {
  const nodes = trees.flatMap((tree) => tree.nodes);
  const asked = [...new Set(nodes.map((node) => node.feature))].sort((a, b) => a - b);
  const places = new Map(asked.map((feature, place) => [feature, place]));
  const sets = setsOf(nodes, places);
  const cuts = cutsOf(nodes, places);
  const ranks = cuts.map((sorted) => new Map(Array.from(sorted, (cut, rank) => [cut, rank])));
  const counts = cuts.map((sorted, place) => sets[place]?.count ?? sorted.length);
  const widths = counts.map(bitsFor);
  const placeBits = bitsFor(asked.length);
  const shape = new BitWriter();
  const rules = new BitWriter();
  const leaves = new Float32Array(nodes.length + trees.length);
  const covers = trees.length > 0 && trees.every((tree) => tree.covers) ? new Float64Array(leaves.length) : null;
  let leaf = 0;
  for (const tree of trees) {
    const open = [tree.nodes.length > 0 ? 0 : ~0];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      shape.write(Number(id >= 0), 1);
      if (id < 0) {
        if (covers) covers[leaf] = tree.covers![~id];
        leaves[leaf++] = tree.values[~id];
        continue;
      }
      const node = tree.nodes[id];
      const place = places.get(node.feature) as number;
      rules.write(place, placeBits);
      rules.write(Number(node.missingLeft), 1);
      rules.write(sets[place]?.rank(node.set!) ?? (ranks[place].get(Math.fround(node.threshold)) as number), widths[place]);
      open.push(node.right, node.left);
    }
  }
  const arrays = {
    base, shape: shape.finish(), rules: rules.finish(), features: smallestInts(asked), counts: smallestInts(counts), cuts: concat(cuts), gains: sharesOf(nodes, places, gains), leaves,
    ...(covers ? { covers: smallestCovers(covers) } : {}), ...setArrays(sets),
  };
  return { type: 'trees', task, classes: [...classes], features, json: { outputs, trees: trees.length, ...(covers ? { covers: true } : {}), ...(link === undefined ? {} : { link }) }, arrays };
}

/** The distinct thresholds of each feature that is a number, ascending. */
function cutsOf(nodes: readonly PackedNode[], places: Map<number, number>): Float32Array[] {
  const found = Array.from(places, () => new Set<number>());
  for (const node of nodes) if (!node.set) found[places.get(node.feature) as number].add(Math.fround(node.threshold));
  return found.map((set) => Float32Array.from(set).sort());
}

/** The distinct sets of each nominal feature; null for numbers. */
function setsOf(nodes: readonly PackedNode[], places: Map<number, number>): (PackedSets | null)[] {
  const found = Array.from(places, (): (readonly number[])[] => []);
  const numbers = new Set<number>();
  for (const node of nodes) {
    if (node.set) found[places.get(node.feature) as number].push(node.set);
    else numbers.add(node.feature);
  }
  return Array.from(places.keys(), (feature, place) => {
    if (found[place].length && numbers.has(feature)) throw new Error(`feature ${feature} has sets and thresholds; it is nominal or it is not`);
    return found[place].length ? packSets(found[place]) : null;
  });
}

function sharesOf(nodes: readonly PackedNode[], places: Map<number, number>, gains?: ArrayLike<number>): Float32Array {
  const sums = Float64Array.from(places.keys(), (feature) => gains?.[feature] ?? 0);
  if (!gains) for (const node of nodes) sums[places.get(node.feature) as number] += node.gain;
  const all = sums.reduce((a, b) => a + b, 0);
  return Float32Array.from(sums, (sum) => (all > 0 ? sum / all : 0));
}

function concat(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Whole numbers in the least width, else single precision. */
function smallestCovers(covers: Float64Array): ModelArray {
  return covers.every((cover) => Number.isInteger(cover) && cover >= 0 && cover < 2 ** 32) ? smallestInts(covers) : Float32Array.from(covers);
}
