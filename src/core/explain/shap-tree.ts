// One tree of a model -> what a ShapSession wants of it: nodes in preorder and the vectors of its edges by quadrature point.
// share = training rows of a child / of its node (1/2 where no row came); a feature asked again multiplies its shares.
// down: what an edge multiplies; up: weight x (known - share) / (its factor), less the same of the last edge that asked
// the feature, which no longer holds below this one. Leaf values are multiplied into `down` of their edges.
import type { Walk } from '../models/trees-walk.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import { NODE_WORDS, type ShapArrays } from './shap-kernels.ts';

/** The tree as edges: edge 0 leads to the root, 2n + 1 and 2n + 2 to the children of node n. */
export type TreeEdges = {
  readonly nodes: number;
  readonly slot: Int32Array;
  readonly cut: Int32Array;
  /** The feature of each node as an index into `places`. */
  readonly place: Int32Array;
  /** The edge to each node; the last edge above it that asks the same feature (0 = none). */
  readonly edge: Int32Array;
  readonly ancestor: Int32Array;
  /** Which of the distinct features of the path to this node its own is, counted from the root; how many there are below it, on either side. */
  readonly rank: Int32Array;
  readonly depth: Int32Array;
  /** By edge: its leaf among all of the model, or -1. */
  readonly leaf: Int32Array;
};

/** `places[feature]` = where its contributions go. */
export function treeEdges({ roots, ends, links, leafOf, slots }: Walk, tree: number, places: Int32Array): TreeEdges {
  const first = roots[tree] >> 2;
  const nodes = (ends[tree] - roots[tree]) >> 2;
  const make = () => new Int32Array(nodes);
  const out = { nodes, slot: make(), cut: make(), place: make(), edge: make(), ancestor: make(), rank: make(), depth: make(), leaf: new Int32Array(2 * nodes + 1).fill(-1) };
  if (nodes === 0) out.leaf[0] = leafOf[first];
  const parent = new Int32Array(nodes).fill(-1);
  for (let n = 0; n < nodes; n++) {
    const at = 4 * (first + n);
    out.slot[n] = links[at];
    out.cut[n] = links[at + 1];
    out.place[n] = places[slots[links[at]].feature];
    let above = n;
    while (above > 0 && out.ancestor[n] === 0) {
      const edge = out.edge[above];
      above = parent[above];
      if (out.place[above] === out.place[n]) out.ancestor[n] = edge;
    }
    const before = n > 0 ? out.depth[parent[n]] : 0;
    out.rank[n] = out.ancestor[n] === 0 ? before : out.rank[above];
    out.depth[n] = out.ancestor[n] === 0 ? before + 1 : before;
    for (let side = 0; side < 2; side++) {
      const child = links[at + 2 + side] >> 2;
      if (child - first < nodes) {
        out.edge[child - first] = 2 * n + 1 + side;
        parent[child - first] = n;
      } else out.leaf[2 * n + 1 + side] = leafOf[child];
    }
  }
  return out;
}

/** Quadrature points that are exact for the tree: half its longest path's distinct features, made even. */
export const pointsFor = (tree: TreeEdges): number => 2 * Math.max(1, Math.ceil(tree.depth.reduce((a, b) => Math.max(a, b), 0) / 4));

/** The share of training rows that take each edge of those that come to its node; edge 0 has 1. */
export function edgeShares(tree: TreeEdges, covers: ArrayLike<number>): Float64Array {
  const { nodes, edge, leaf } = tree;
  const cover = Float64Array.from(leaf, (at) => (at < 0 ? 0 : covers[at]));
  const shares = new Float64Array(2 * nodes + 1).fill(1);
  for (let n = nodes - 1; n >= 0; n--) {
    const [left, right] = [2 * n + 1, 2 * n + 2];
    const all = cover[left] + cover[right];
    shares[left] = all > 0 ? cover[left] / all : 0.5;
    shares[right] = all > 0 ? cover[right] / all : 0.5;
    cover[edge[n]] = all;
  }
  return shares;
}

/** What the tree says when nothing is known: its leaves by their share of training rows. */
export function expectedLeaf(tree: TreeEdges, shares: Float64Array, leaves: ArrayLike<number>): number {
  const { nodes, edge, leaf } = tree;
  const mean = Float64Array.from(leaf, (at) => (at < 0 ? 0 : leaves[at]));
  for (let n = nodes - 1; n >= 0; n--) mean[edge[n]] = mean[2 * n + 1] * shares[2 * n + 1] + mean[2 * n + 2] * shares[2 * n + 2];
  return mean[0];
}

/** Fills nodes, down and up of a session. */
export function layTree(tree: TreeEdges, shares: Float64Array, leaves: ArrayLike<number>, points: number, { nodes, down, up }: Pick<ShapArrays, 'nodes' | 'down' | 'up'>): void {
  const rule = gaussLegendre(points);
  const known = new Float64Array(shares.length).fill(1);
  for (let n = 0; n < tree.nodes; n++) {
    nodes.set([tree.slot[n], tree.cut[n], tree.ancestor[n], tree.edge[n], tree.place[n]], n * NODE_WORDS);
    const before = known[tree.ancestor[n]];
    for (let edge = 2 * n + 1; edge <= 2 * n + 2; edge++) {
      const share = shares[edge];
      const merged = (known[edge] = before * share);
      const value = tree.leaf[edge] < 0 ? 1 : leaves[tree.leaf[edge]];
      const at = 3 * (edge - 1) * points;
      for (let q = 0; q < points; q++) {
        const t = rule.points[q];
        const above = t + (1 - t) * before;
        const here = t + (1 - t) * merged;
        const replaced = (1 - before) / above;
        down[at + q] = share * value;
        down[at + points + q] = (((1 - t) * merged) / above) * value;
        down[at + 2 * points + q] = (here / above) * value;
        up[at + q] = 0;
        up[at + points + q] = -rule.weights[q] * (1 / (1 - t) + replaced);
        up[at + 2 * points + q] = rule.weights[q] * ((1 - merged) / here - replaced);
      }
    }
  }
}
