// A `trees` model as XGBoost's JSON (1.7), so that it predicts with the very same trees: numeric features and a binary target.
// It asks value < threshold in single precision where we ask value <= threshold, so it gets the next number above. The starting
// score is in the first tree's leaves.
import type { PackedNode, TreesParts } from '../../core/models/trees-model.ts';

const PLACE = 'the trees';

/** Its reader tells real numbers from whole ones by how they are written: the real ones get an exponent, and nine digits, which name a float32 and are all that it takes. */
export function xgboostJson(parts: TreesParts): string {
  const trees = parts.trees.map((tree, id) => {
    const { nodes } = tree;
    const leaves = Array.from(tree.values, (value) => (id === 0 ? value + parts.base[0] : value));
    const { order, at } = breadthFirst(nodes);
    const count = order.length;
    const parents = new Array<number>(count).fill(2147483647);
    nodes.forEach((n, i) => (parents[at(n.left)] = parents[at(n.right)] = at(i)));
    const both = (inner: (n: PackedNode) => number, leaf: (value: number) => number) => order.map((child) => (child < 0 ? leaf(leaves[~child]) : inner(nodes[child])));
    const zeros = new Array<number>(count).fill(0);
    const whole = {
      categories: [], categories_nodes: [], categories_segments: [], categories_sizes: [], default_left: both((n) => Number(n.missingLeft), () => 0), id,
      left_children: both((n) => at(n.left), () => -1), parents, right_children: both((n) => at(n.right), () => -1),
      split_indices: both((n) => n.feature, () => 0), split_type: zeros,
      tree_param: { num_deleted: '0', num_feature: String(parts.features), num_nodes: String(count), size_leaf_vector: '0' },
    };
    const real = { base_weights: zeros, loss_changes: zeros, split_conditions: both((n) => nextAbove(n.threshold), (value) => value), sum_hessian: zeros };
    const reals = Object.entries(real).map(([name, values]) => `"${name}":[${values.map((value) => Math.fround(value).toExponential(8)).join()}]`);
    return `{${reals.join()},${JSON.stringify(whole).slice(1)}`;
  });
  return JSON.stringify({
    learner: {
      attributes: {}, feature_names: [], feature_types: [],
      gradient_booster: { model: { gbtree_model_param: { num_parallel_tree: '1', num_trees: String(trees.length), size_leaf_vector: '0' }, tree_info: trees.map(() => 0), trees: PLACE }, name: 'gbtree' },
      learner_model_param: { base_score: '5E-1', boost_from_average: '1', num_class: '0', num_feature: String(parts.features), num_target: '1' },
      objective: { name: 'binary:logistic', reg_loss_param: { scale_pos_weight: '1' } },
    },
    version: [1, 7, 4],
  }).replace(JSON.stringify(PLACE), () => `[${trees.join()}]`);
}

/** Nodes and ~leaves so that a right child follows its left sibling, as XGBoost's predictor takes for granted. */
function breadthFirst(nodes: readonly PackedNode[]): { order: number[]; at(child: number): number } {
  const order = [nodes.length ? 0 : ~0];
  for (let i = 0; i < order.length; i++) if (order[i] >= 0) order.push(nodes[order[i]].left, nodes[order[i]].right);
  const places = new Map(order.map((child, place) => [child, place]));
  return { order, at: (child) => places.get(child)! };
}

const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

/** The smallest float32 greater than a finite one. */
function nextAbove(x: number): number {
  float[0] = x;
  if (float[0] === 0) return 2 ** -149;
  word[0] += float[0] > 0 ? 1 : -1;
  return float[0];
}
