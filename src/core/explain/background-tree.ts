// Exact interventional TreeSHAP of one tree for a block of rows against background rows, averaged over the background.
// For a leaf, a row and a background row are each the set of the path's features they agree with; only features that one of
// the two agrees with and the other does not share its value, by how many there are on each side. Rows that agree with
// the same features get the same numbers, so each distinct set of a leaf is worked out once, over the distinct sets of the
// background (after Nadel & Wettenstein, "From Decision Trees to Boolean Logic", 2025); no row is sampled.
import type { TreeEdges } from './shap-tree.ts';

export type RankedRows = { readonly ranks: Int32Array; readonly rows: number; readonly slots: number };
type Distinct = { masks: Uint8Array[]; counts: number[]; of: Int32Array };

/** sums[offset(row) + 2 * place] += the tree's contribution to the row. */
export function addBackgroundTree(tree: TreeEdges, sets: Uint32Array, leaves: ArrayLike<number>, rows: RankedRows, background: RankedRows, offset: (row: number) => number, sums: Float64Array): void {
  if (tree.nodes === 0) return;
  const [own, other] = [turnsOf(tree, sets, rows), turnsOf(tree, sets, background)];
  for (let edge = 1; edge <= 2 * tree.nodes; edge++) {
    if (tree.leaf[edge] < 0) continue;
    const path = pathOf(tree, edge);
    const [mine, theirs] = [distinctSets(path, own, rows.rows), distinctSets(path, other, background.rows)];
    const vectors = mine.masks.map((mask) => shareLeaf(mask, theirs, leaves[tree.leaf[edge]] / background.rows));
    for (let row = 0; row < rows.rows; row++) {
      const vector = vectors[mine.of[row]];
      if (!vector) continue;
      const at = offset(row);
      for (let k = 0; k < vector.length; k++) sums[at + 2 * path.places[k]] += vector[k];
    }
  }
}

/** turns[node * rows + row] = 1 when the row goes left there. */
function turnsOf(tree: TreeEdges, sets: Uint32Array, { ranks, rows, slots }: RankedRows): Uint8Array {
  const turns = new Uint8Array(tree.nodes * rows);
  for (let n = 0, to = 0; n < tree.nodes; n++) {
    const cut = tree.cut[n];
    for (let row = 0, at = tree.slot[n]; row < rows; row++, at += slots) turns[to++] = cut >= 0 ? Number(ranks[at] <= cut) : (sets[~cut + (ranks[at] >> 5)] >>> (ranks[at] & 31)) & 1;
  }
  return turns;
}

/** The distinct features of a path, from the root, and its steps: node, side (1 = left), which of the features. */
type Path = { places: number[]; steps: { node: number; left: number; feature: number }[] };

function pathOf(tree: TreeEdges, leafEdge: number): Path {
  const path: Path = { places: [], steps: [] };
  for (let edge = leafEdge, node = 0; edge > 0; edge = tree.edge[node]) {
    node = (edge - 1) >> 1;
    path.steps.push({ node, left: edge & 1, feature: tree.rank[node] });
    path.places[tree.rank[node]] = tree.place[node];
  }
  return path;
}

/** Which features of the path each row agrees with: the distinct sets, how many rows have each, and each row's. */
function distinctSets({ places, steps }: Path, turns: Uint8Array, rows: number): Distinct {
  const words = Math.ceil(places.length / 30);
  const bits = new Int32Array(words * rows);
  for (const { node, left, feature } of steps) {
    const [word, bit] = [Math.floor(feature / 30) * rows, 1 << (feature % 30)];
    for (let row = 0, at = node * rows; row < rows; row++, at++) if (turns[at] !== left) bits[word + row] |= bit;
  }
  const found = new Map<number | string, number>();
  const out: Distinct = { masks: [], counts: [], of: new Int32Array(rows) };
  for (let row = 0; row < rows; row++) {
    const key = words === 1 ? bits[row] : Array.from({ length: words }, (_, w) => bits[w * rows + row]).join();
    let at = found.get(key);
    if (at === undefined) {
      found.set(key, (at = out.masks.length));
      out.masks.push(Uint8Array.from(places, (_, k) => Number(((bits[Math.floor(k / 30) * rows + row] >>> (k % 30)) & 1) === 0)));
      out.counts.push(0);
    }
    out.of[row] = at;
    out.counts[at]++;
  }
  return out;
}

/** What a leaf gives each feature of its path; null = nothing to any. `value` is divided by the background's rows. */
function shareLeaf(own: Uint8Array, background: Distinct, value: number): Float64Array | null {
  const out = new Float64Array(own.length);
  let isSome = false;
  background.masks.forEach((other, at) => {
    let mine = 0;
    let theirs = 0;
    for (let k = 0; k < own.length; k++) {
      if (!own[k] && !other[k]) return;
      if (own[k] !== other[k]) own[k] ? mine++ : theirs++;
    }
    if (mine + theirs === 0) return;
    isSome = true;
    const scaled = value * background.counts[at];
    const plus = mine > 0 ? scaled / (mine * choose(mine + theirs, mine)) : 0;
    const minus = theirs > 0 ? scaled / (theirs * choose(mine + theirs, theirs)) : 0;
    for (let k = 0; k < own.length; k++) if (own[k] !== other[k]) out[k] += own[k] ? plus : -minus;
  });
  return isSome ? out : null;
}

/** Binomial coefficient, in doubles. */
function choose(n: number, k: number): number {
  let out = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) out = (out * (n - i + 1)) / i;
  return out;
}
