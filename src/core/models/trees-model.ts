// Packs grown trees into a `trees` model, as small as they get without loss; the same trees give the same bytes.
// Trees follow each other, each in preorder: a node, its left subtree, its right subtree. arrays:
//   shape      one bit for each node (1) and each leaf (0) in that order: all the links there are
//   rules      bits, node by node: place of its feature in `features`, 1 if missing goes left, which of the feature's cuts
//   features   the features that are asked, ascending; counts: how many cuts each has (at least one)
//   cuts       all cuts, feature after feature, ascending: value <= cut goes left, both in single precision
//   gains      summed gain of each of those features as a share of all gain
//   leaves     values in that order; base: score of each output before the first tree
// Of json.trees trees, tree t adds to output t % json.outputs. trees-nodes.ts unpacks.
import type { Task } from '../base/task.ts';
import { bitsFor, BitWriter } from './bits.ts';
import type { Model, ModelArray } from './model.ts';

/** left and right are nodes of the same tree (the root is node 0), or ~leaf. */
export type PackedNode = { feature: number; threshold: number; missingLeft: boolean; left: number; right: number; gain: number };
export type TreesParts = {
  task: Task;
  classes: readonly string[];
  features: number;
  outputs: number;
  base: Float64Array;
  trees: readonly { nodes: readonly PackedNode[]; values: Float32Array }[];
};

export function treesModel({ task, classes, features, outputs, base, trees }: TreesParts): Model {
  const nodes = trees.flatMap((tree) => tree.nodes);
  const asked = [...new Set(nodes.map((node) => node.feature))].sort((a, b) => a - b);
  const places = new Map(asked.map((feature, place) => [feature, place]));
  const cuts = cutsOf(nodes, places);
  const ranks = cuts.map((sorted) => new Map(Array.from(sorted, (cut, rank) => [cut, rank])));
  const widths = cuts.map((sorted) => bitsFor(sorted.length));
  const placeBits = bitsFor(asked.length);
  const shape = new BitWriter();
  const rules = new BitWriter();
  const leaves = new Float32Array(nodes.length + trees.length);
  let leaf = 0;
  for (const tree of trees) {
    const open = [tree.nodes.length > 0 ? 0 : ~0];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      shape.write(Number(id >= 0), 1);
      if (id < 0) {
        leaves[leaf++] = tree.values[~id];
        continue;
      }
      const node = tree.nodes[id];
      const place = places.get(node.feature) as number;
      rules.write(place, placeBits);
      rules.write(Number(node.missingLeft), 1);
      rules.write(ranks[place].get(Math.fround(node.threshold)) as number, widths[place]);
      open.push(node.right, node.left);
    }
  }
  const arrays = { base, shape: shape.finish(), rules: rules.finish(), features: smallest(asked), counts: smallest(cuts.map((sorted) => sorted.length)), cuts: concat(cuts), gains: sharesOf(nodes, places), leaves };
  return { type: 'trees', task, classes: [...classes], features, json: { outputs, trees: trees.length }, arrays };
}

/** The distinct thresholds of each feature, ascending. */
function cutsOf(nodes: readonly PackedNode[], places: Map<number, number>): Float32Array[] {
  const found = Array.from(places, () => new Set<number>());
  for (const node of nodes) found[places.get(node.feature) as number].add(Math.fround(node.threshold));
  return found.map((set) => Float32Array.from(set).sort());
}

function sharesOf(nodes: readonly PackedNode[], places: Map<number, number>): Float32Array {
  const sums = new Float64Array(places.size);
  for (const node of nodes) sums[places.get(node.feature) as number] += node.gain;
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

function smallest(values: number[]): ModelArray {
  const top = values.reduce((a, b) => Math.max(a, b), 0);
  return top < 256 ? Uint8Array.from(values) : top < 65536 ? Uint16Array.from(values) : Uint32Array.from(values);
}
