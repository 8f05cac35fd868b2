// One tree, leaf-wise: the leaf with the greatest gain is split until the leaves run out or none gains.
// Only the smaller child of a split is summed; its sibling is parent minus child. Rows lie leaf after leaf in arrays.rows.
// Ties between leaves go to the older one. The same for every kernel, so the tree is.
import type { LeafRange, TreeSession } from './kernels.ts';
import { findSplit } from './split.ts';
import type { LeafTotals, Split, SplitRules, Units } from './split.ts';

export type GrowRules = SplitRules & { leaves: number; /** Splits on the longest path; 0 = no bound. */ depth: number };
/** Nodes in order of creation (children after parents); left and right are nodes, or ~leaf. Leaves are ranges of arrays.rows. */
export type Tree = { nodes: TreeNode[]; leaves: LeafRange[] };
export type TreeNode = { feature: number; bin: number; missingLeft: boolean; left: number; right: number; gain: number };

type Leaf = LeafTotals & { start: number; slot: number; depth: number; split: Split | null; parent: TreeNode | null; isLeft: boolean };

/** Grows on the `rows` selected rows with the packed gradients; features are the ones allowed, ascending. */
export function growTree(session: TreeSession, rows: number, features: Int32Array, units: Units, rules: GrowRules): Tree {
  const { arrays, plan } = session;
  const slotWords = 2 * arrays.offsets[plan.bins.length];
  const free = Array.from({ length: rules.leaves }, (_, i) => rules.leaves - 1 - i);
  const nodes: TreeNode[] = [];
  const root: Leaf = { start: 0, rows, gradient: 0, hessian: 0, slot: -1, depth: 0, split: null, parent: null, isLeft: true };
  const leaves = [root];
  const canSplit = (leaf: Leaf) => leaf.rows >= 2 * rules.minLeafRows && leaf.rows >= 2 && (rules.depth === 0 || leaf.depth < rules.depth);
  const search = (leaf: Leaf) => {
    leaf.split = findSplit(arrays.histograms, leaf.slot * slotWords, plan, arrays.offsets, features, leaf, units, rules);
    if (!leaf.split) release(leaf);
  };
  const release = (leaf: Leaf) => {
    if (leaf.slot >= 0) free.push(leaf.slot);
    leaf.slot = -1;
  };
  if (features.length > 0 && canSplit(root) && rules.leaves > 1) {
    root.slot = free.pop() as number;
    session.histogram(root.slot, 0, rows);
    const at = root.slot * slotWords;
    for (let b = 0; b < plan.bins[0]; b++) {
      root.hessian += arrays.histograms[at + 2 * b];
      root.gradient += arrays.histograms[at + 2 * b + 1];
    }
    if (root.hessian > 0) search(root);
  }
  while (leaves.length < rules.leaves) {
    const leaf = greatest(leaves);
    if (!leaf?.split) break;
    const { split } = leaf;
    const node: TreeNode = { feature: split.feature, bin: split.bin, missingLeft: split.missingLeft, left: 0, right: 0, gain: split.gain };
    attach(leaf, nodes.push(node) - 1);
    const count = session.partition(leaf.start, leaf.rows, split.feature, split.bin, split.missingLeft);
    const left: Leaf = { start: leaf.start, rows: count, gradient: split.gradient, hessian: split.hessian, slot: -1, depth: leaf.depth + 1, split: null, parent: node, isLeft: true };
    const right: Leaf = { ...left, start: leaf.start + count, rows: leaf.rows - count, gradient: leaf.gradient - split.gradient, hessian: leaf.hessian - split.hessian, isLeft: false };
    leaves[leaves.indexOf(leaf)] = left;
    leaves.push(right);
    const [small, large] = left.rows <= right.rows ? [left, right] : [right, left];
    if (leaves.length >= rules.leaves || !(canSplit(small) || canSplit(large))) {
      release(leaf);
      continue;
    }
    small.slot = free.pop() as number;
    session.histogram(small.slot, small.start, small.rows);
    large.slot = leaf.slot;
    session.subtract(large.slot, small.slot);
    for (const child of [left, right]) {
      if (canSplit(child)) search(child);
      else release(child);
    }
  }
  leaves.forEach((leaf, i) => attach(leaf, ~i));
  return { nodes, leaves: leaves.map((leaf) => ({ start: leaf.start, count: leaf.rows })) };
}

function attach(leaf: Leaf, id: number): void {
  if (leaf.parent && leaf.isLeft) leaf.parent.left = id;
  else if (leaf.parent) leaf.parent.right = id;
}

function greatest(leaves: Leaf[]): Leaf | null {
  let best: Leaf | null = null;
  for (const leaf of leaves) if (leaf.split && (!best?.split || leaf.split.gain > best.split.gain)) best = leaf;
  return best;
}
