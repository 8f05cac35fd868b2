// Exact interventional TreeSHAP of one tree for a block of rows against background rows, averaged over the background.
// At a leaf, a row disagrees with some features of the path, a background row with others. A mix of the two reaches the leaf
// only when no feature has both against it; then the leaf counts for the features that the background row has against it,
// and against those of the row, by how many there are of each. Rows with equal sets get equal numbers, so each distinct set
// of a leaf is worked out once, over the distinct sets of the background: exact, and no pair of rows is walked
// (after Nadel & Wettenstein, "From Decision Trees to Boolean Logic: A Fast and Unified SHAP Algorithm", 2025).
import type { TreeEdges } from './shap-tree.ts';

export type RankedRows = { readonly ranks: Int32Array; readonly rows: number; readonly slots: number };

/** Features in a word of a set. */
const wordBits = 30;
/** Sets of up to so many features are told apart by a table, larger ones by a map. */
const tableBits = 14;
const table = new Int32Array(1 << tableBits).fill(-1);

/** The distinct sets of a leaf (`words` words each), how many features and rows each has, and each row's. */
type Distinct = { sets: number[]; sizes: number[]; counts: number[]; of: Int32Array };

/** sums[offset(row) + 2 * place] += the tree's contribution to the row. */
export function addBackgroundTree(tree: TreeEdges, sets: Uint32Array, leaves: ArrayLike<number>, rows: RankedRows, background: RankedRows, offset: (row: number) => number, sums: Float64Array): void {
  if (tree.nodes === 0) return;
  const words = Math.ceil(tree.depth.reduce((a, b) => Math.max(a, b), 0) / wordBits);
  const [own, other] = [disagreements(tree, sets, rows, words), disagreements(tree, sets, background, words)];
  for (let edge = 1; edge <= 2 * tree.nodes; edge++) {
    if (tree.leaf[edge] < 0) continue;
    const places = placesOf(tree, edge);
    const [mine, theirs] = [distinctSets(own, edge, words, places.length, rows.rows), distinctSets(other, edge, words, places.length, background.rows)];
    const vectors = mine.counts.map((_, at) => shareLeaf(mine, at, theirs, words, places.length, leaves[tree.leaf[edge]] / background.rows));
    for (let row = 0; row < rows.rows; row++) {
      const vector = vectors[mine.of[row]];
      if (!vector) continue;
      const at = offset(row);
      for (let k = 0; k < vector.length; k++) sums[at + 2 * places[k]] += vector[k];
    }
  }
}

/** For each edge, word and row: the features of the path whose condition the row fails, a bit each. */
function disagreements(tree: TreeEdges, sets: Uint32Array, { ranks, rows, slots }: RankedRows, words: number): Int32Array {
  const out = new Int32Array((2 * tree.nodes + 1) * words * rows);
  const span = words * rows;
  for (let n = 0; n < tree.nodes; n++) {
    const [from, left] = [tree.edge[n] * span, (2 * n + 1) * span];
    out.copyWithin(left, from, from + span);
    out.copyWithin(left + span, from, from + span);
    const cut = tree.cut[n];
    const bit = 1 << (tree.rank[n] % wordBits);
    const to = left + Math.floor(tree.rank[n] / wordBits) * rows;
    for (let row = 0, at = tree.slot[n]; row < rows; row++, at += slots) {
      const goesLeft = cut >= 0 ? Number(ranks[at] <= cut) : (sets[~cut + (ranks[at] >> 5)] >>> (ranks[at] & 31)) & 1;
      out[to + row + goesLeft * span] |= bit;
    }
  }
  return out;
}

/** The distinct features of the path to a leaf, from the root, as places. */
function placesOf(tree: TreeEdges, leafEdge: number): number[] {
  const places: number[] = [];
  for (let edge = leafEdge, node = 0; edge > 0; edge = tree.edge[node]) {
    node = (edge - 1) >> 1;
    places[tree.rank[node]] = tree.place[node];
  }
  return places;
}

function distinctSets(bits: Int32Array, edge: number, words: number, features: number, rows: number): Distinct {
  const out: Distinct = { sets: [], sizes: [], counts: [], of: new Int32Array(rows) };
  const start = edge * words * rows;
  const isSmall = features <= tableBits;
  const found = new Map<number | string, number>();
  for (let row = 0; row < rows; row++) {
    const first = bits[start + row];
    const key = words === 1 ? first : Array.from({ length: words }, (_, w) => bits[start + w * rows + row]).join();
    let at = isSmall ? table[first] : (found.get(key) ?? -1);
    if (at < 0) {
      at = out.counts.push(0) - 1;
      if (isSmall) table[first] = at;
      else found.set(key, at);
      let size = 0;
      for (let w = 0; w < words; w++) size += countBits(out.sets[out.sets.push(bits[start + w * rows + row]) - 1]);
      out.sizes.push(size);
    }
    out.of[row] = at;
    out.counts[at]++;
  }
  if (isSmall) for (let at = 0; at < out.counts.length; at++) table[out.sets[at * words]] = -1;
  return out;
}

/** What a leaf gives each feature of its path to a row of that set; null = nothing to any. `value` is divided by the background's rows. */
function shareLeaf(own: Distinct, at: number, background: Distinct, words: number, features: number, value: number): Float64Array | null {
  const { sets, sizes, counts } = background;
  const mine = own.sets[at * words];
  const against = own.sizes[at];
  let out: Float64Array | null = null;
  let minus = 0;
  for (let b = 0; b < counts.length; b++) {
    if (sets[b * words] & mine || (against === 0 && sizes[b] === 0)) continue;
    let w = 1;
    while (w < words && !(sets[b * words + w] & own.sets[at * words + w])) w++;
    if (w < words) continue;
    out ??= new Float64Array(features);
    const scaled = value * counts[b];
    if (against > 0) minus += scaled * shareOf(against, sizes[b]);
    if (sizes[b] > 0) addTo(out, sets, b * words, words, scaled * shareOf(sizes[b], against));
  }
  if (out && against > 0) addTo(out, own.sets, at * words, words, -minus);
  return out;
}

function addTo(out: Float64Array, sets: readonly number[], from: number, words: number, amount: number): void {
  for (let w = 0; w < words; w++) for (let rest = sets[from + w]; rest; rest &= rest - 1) out[w * wordBits + 31 - Math.clz32(rest & -rest)] += amount;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count++;
  return count;
}

const shares: Float64Array[] = [];

/** (n - 1)! m! / (n + m)!: the weight of one of n features whose side must be known while m others must not. */
function shareOf(n: number, m: number): number {
  const row = (shares[n] ??= new Float64Array(0));
  if (m < row.length) return row[m];
  const longer = new Float64Array(m + 8);
  for (let other = 0; other < longer.length; other++) {
    let ways = 1;
    for (let i = 1; i <= Math.min(n, other); i++) ways = (ways * (n + other - i + 1)) / i;
    longer[other] = 1 / (n * ways);
  }
  shares[n] = longer;
  return longer[m];
}
