// Packs grown trees into a `trees` model: flat arrays at their smallest integer types, leaf values in single precision.
// arrays: sizes (internal nodes of each tree), feature, threshold (x <= threshold goes left), missing (1 = left), left and
// right (node of the same tree, or ~leaf of the same tree), leaves, base (score of each output before the first tree).
// Tree t adds to output t % outputs; a tree with n nodes has n + 1 leaves. json.gains: summed gain of each feature.
import type { Task } from '../base/task.ts';
import type { Model, ModelArray } from './model.ts';

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
  const gains = new Array<number>(features).fill(0);
  for (const node of nodes) gains[node.feature] += node.gain;
  const leaves = new Float32Array(nodes.length + trees.length);
  let at = 0;
  for (const { values } of trees) {
    leaves.set(values, at);
    at += values.length;
  }
  return {
    type: 'trees',
    task,
    classes: [...classes],
    features,
    json: { outputs, gains },
    arrays: {
      base,
      sizes: smallest(trees.map((tree) => tree.nodes.length)),
      feature: smallest(nodes.map((node) => node.feature)),
      threshold: Float32Array.from(nodes, (node) => node.threshold),
      missing: Uint8Array.from(nodes, (node) => Number(node.missingLeft)),
      left: smallestSigned(nodes.map((node) => node.left)),
      right: smallestSigned(nodes.map((node) => node.right)),
      leaves,
    },
  };
}

function smallest(values: number[]): ModelArray {
  const top = values.reduce((a, b) => Math.max(a, b), 0);
  return top < 256 ? Uint8Array.from(values) : top < 65536 ? Uint16Array.from(values) : Uint32Array.from(values);
}

function smallestSigned(values: number[]): ModelArray {
  const top = values.reduce((a, b) => Math.max(a, b < 0 ? ~b : b), 0);
  return top < 128 ? Int8Array.from(values) : top < 32768 ? Int16Array.from(values) : Int32Array.from(values);
}
