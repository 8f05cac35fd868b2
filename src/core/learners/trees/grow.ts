// One tree: the open leaf of greatest gain (or of least depth, then greatest gain) is split until leaves run out or none gains.
// Only the smaller child of a split is summed; its sibling is parent minus child. When all slots are taken, the leaf that comes
// last loses its histogram and both its children are summed later; no decision depends on that. Ties go to the older leaf.
// The same for every kernel, so the tree is. Columns, groups and random thresholds are functions of a leaf's key, and that of its path.
import { mix32 } from '../../base/random.ts';
import { popHeap, pushHeap } from './heap.ts';
import type { LeafTotals, Search, SearchRules, Split, TreeNode, TreeSession } from './kernels.ts';
import { childBounds } from './side-values.ts';

export type GrowRules = {
  readonly search: SearchRules;
  /** Rows of leaf 0: as many as were selected, copies counted. */
  readonly rows: number;
  /** What each row counts as, where equal rows were merged; absent = one. */
  readonly copies?: Uint8Array | null;
  /** At most plan.leaves. */
  readonly leaves: number;
  /** Splits on the longest path; 0 = no bound. */
  readonly depth: number;
  readonly order: 'gain' | 'depth';
  /** The features of this tree, ascending. */
  readonly features: Int32Array;
  /** Share of those that each node looks at, (0, 1]; at least one. */
  readonly nodeColumns: number;
  /** Whether a leaf that its share of features cannot split looks at all of them; absent = never. */
  readonly widens?: (totals: LeafTotals) => boolean;
  /** A leaf may ask features of the groups that hold every feature on its path; null = any. */
  readonly groups: readonly (readonly number[])[] | null;
  /** Of (seed, tree): treeKey. */
  readonly key: number;
};
export type TreeLeaf = { readonly rows: number; readonly depth: number; /** Bounds of its value, in real units (infinite = free). */ readonly low: number; readonly high: number };
/** Nodes in order of creation (children after parents); left and right are nodes, or ~leaf. Leaves are those of the session. */
export type Tree = { readonly nodes: TreeNode[]; readonly leaves: readonly TreeLeaf[] };

type Group = ReadonlySet<number>;
/** `held` counts rows of the session, totals.rows copies. */
type Leaf = { id: number; totals: LeafTotals; held: number; depth: number; slot: number; split: Split | null; groups: readonly Group[] | null; parent: TreeNode | null; isLeft: boolean };

/** Grows on the selected rows of the session. */
export async function growTree(session: TreeSession, rules: GrowRules): Promise<Tree> {
  const { plan } = session;
  const free = Array.from({ length: plan.slots }, (_, i) => plan.slots - 1 - i);
  const nodes: TreeNode[] = [];
  const most = Math.min(rules.leaves, plan.leaves);
  const leaves: Leaf[] = [rootOf(session, rules)];
  const canSplit = (leaf: Leaf): boolean => leaf.totals.rows >= Math.max(2, 2 * rules.search.minLeafRows) && leaf.totals.hessian > 1 && (rules.depth === 0 || leaf.depth < rules.depth);
  const release = (leaf: Leaf): void => {
    if (leaf.slot >= 0) free.push(leaf.slot);
    leaf.slot = -1;
  };
  const isNext = (a: Leaf, b: Leaf): boolean => isBefore(a, b, rules.order);
  const isLast = (a: Leaf, b: Leaf): boolean => isBefore(b, a, rules.order);
  const open: Leaf[] = [];
  const holders: Leaf[] = [];
  const take = (): number => {
    while (free.length === 0) release(popHeap(holders, isLast) as Leaf);
    return free.pop() as number;
  };
  const settle = (leaf: Leaf): void => {
    if (!leaf.split) {
      release(leaf);
      return;
    }
    pushHeap(open, leaf, isNext);
    if (plan.slots < most) pushHeap(holders, leaf, isLast);
  };
  const expand = (leaf: Leaf, parent: number, asked: readonly Leaf[], share = rules.nodeColumns): Promise<void> | null => {
    const found = session.expand({ leaf: leaf.id, slot: leaf.slot, parent, searches: asked.map((each) => searchOf(each, rules, share)) }, rules.search);
    const put = (splits: readonly (Split | null)[]): void => asked.forEach((each, i) => { each.split = splits[i]; });
    if (found instanceof Promise) return found.then(put);
    put(found);
    return null;
  };
  const widen = async (asked: readonly Leaf[]): Promise<void> => {
    for (const leaf of asked) if (!leaf.split && rules.widens?.(leaf.totals)) await expand(leaf, -1, [leaf], 1);
  };
  const [root] = leaves;
  if (most > 1 && rules.features.length > 0 && canSplit(root)) {
    root.slot = take();
    const pending = expand(root, -1, [root]);
    if (pending) await pending;
    if (rules.widens) await widen([root]);
    settle(root);
  }
  while (leaves.length < most) {
    const leaf = popHeap(open, isNext);
    if (!leaf?.split) break;
    const { split } = leaf;
    const node: TreeNode = { feature: split.feature, bin: split.bin, set: split.set, missingLeft: split.missingLeft, left: 0, right: 0, gain: split.gain };
    attach(leaf, nodes.push(node) - 1);
    const held = session.partition(leaf.id, leaves.length, split);
    const stay = rules.copies ? copiesLeft(session, rules.copies, leaf, leaves.length, held) : held;
    const [left, right] = childrenOf(leaf, leaves.length, stay, held, node, split, plan.features[split.feature].monotone, rules.search);
    leaves[leaf.id] = left;
    leaves.push(right);
    const [small, large] = left.held <= right.held ? [left, right] : [right, left];
    const asked = leaves.length >= most ? [] : [small, large].filter(canSplit);
    if (leaf.slot >= 0 && asked.includes(large)) {
      large.slot = leaf.slot;
      leaf.slot = -1;
      small.slot = take();
      const pending = expand(small, large.slot, asked);
      if (pending) await pending;
    } else {
      release(leaf);
      for (const child of asked) {
        child.slot = take();
        const pending = expand(child, -1, [child]);
        if (pending) await pending;
      }
    }
    if (rules.widens) await widen(asked);
    settle(small);
    settle(large);
  }
  for (const leaf of leaves) attach(leaf, ~leaf.id);
  return { nodes, leaves: leaves.map(({ totals, depth }) => ({ rows: totals.rows, depth, low: totals.low, high: totals.high })) };
}

/** The key of a tree, from a word that is drawn for (seed, use, tree). */
export const treeKey = (bits: number): number => mix32(bits ^ 0x74726565) | 0;

function rootOf(session: TreeSession, rules: GrowRules): Leaf {
  const totals = { ...session.total(), rows: rules.rows, low: -Infinity, high: Infinity, key: rules.key };
  return { id: 0, totals, held: rules.copies ? session.plan.rows : rules.rows, depth: 0, slot: -1, split: null, groups: rules.groups && rules.groups.map((group) => new Set(group)), parent: null, isLeft: true };
}

/** Copies among the rows that stayed with the leaf; the smaller side is counted. */
function copiesLeft(session: TreeSession, copies: Uint8Array, leaf: Leaf, right: number, held: number): number {
  return 2 * held <= leaf.held ? session.countOf(leaf.id, copies) : leaf.totals.rows - session.countOf(right, copies);
}

function childrenOf(leaf: Leaf, id: number, stay: number, held: number, parent: TreeNode, split: Split, sign: number, rules: SearchRules): [Leaf, Leaf] {
  const { totals } = leaf;
  const bounds = childBounds(totals, split, sign, rules);
  const groups = leaf.groups && leaf.groups.filter((group) => group.has(split.feature));
  const depth = leaf.depth + 1;
  const left: LeafTotals = { gradient: split.gradient, hessian: split.hessian, rows: stay, low: bounds.left.low, high: bounds.left.high, key: mix32(totals.key ^ 0x6c656674) | 0 };
  const right: LeafTotals = { gradient: totals.gradient - split.gradient, hessian: totals.hessian - split.hessian, rows: totals.rows - stay, low: bounds.right.low, high: bounds.right.high, key: mix32(totals.key ^ 0x72696768) | 0 };
  return [{ id: leaf.id, totals: left, held, depth, slot: -1, split: null, groups, parent, isLeft: true }, { id, totals: right, held: leaf.held - held, depth, slot: -1, split: null, groups, parent, isLeft: false }];
}

function searchOf(leaf: Leaf, rules: GrowRules, share: number): Search {
  return { slot: leaf.slot, totals: leaf.totals, features: featuresOf(rules.features, leaf.groups, share, leaf.totals.key) };
}

/** Those of the allowed groups, and of them the ones of least hash when a share is asked for; ascending. */
function featuresOf(features: Int32Array, groups: readonly Group[] | null, share: number, key: number): Int32Array {
  const allowed = groups ? features.filter((f) => groups.some((group) => group.has(f))) : features;
  const count = Math.max(1, Math.round(share * allowed.length));
  if (count >= allowed.length) return allowed;
  const word = mix32(key);
  const least = new Float64Array(count).fill(Infinity);
  for (const f of allowed) {
    const hash = mix32(word ^ f);
    let at = count - 1;
    if (!(hash < least[at])) continue;
    for (; at > 0 && least[at - 1] > hash; at--) least[at] = least[at - 1];
    least[at] = hash;
  }
  const bound = least[count - 1];
  return allowed.filter((f) => mix32(word ^ f) <= bound);
}

function attach(leaf: Leaf, id: number): void {
  if (leaf.parent && leaf.isLeft) leaf.parent.left = id;
  else if (leaf.parent) leaf.parent.right = id;
}

/** Whether a is split before b: by depth when asked, then by gain, then by age. */
function isBefore(a: Leaf, b: Leaf, order: 'gain' | 'depth'): boolean {
  if (order === 'depth' && a.depth !== b.depth) return a.depth < b.depth;
  const [gain, other] = [a.split?.gain ?? 0, b.split?.gain ?? 0];
  return gain !== other ? gain > other : a.id < b.id;
}
