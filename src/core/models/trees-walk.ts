// A `trees` model laid out for walking without branches: prepared once per model, then rows x trees leaf sums.
// Each value is first ranked among the model's own thresholds of its feature (value <= threshold j means rank <= j), so a step
// compares small integers: the sign bit of (threshold rank - rank) chooses the child. A missing value ranks below all
// thresholds in the slot of nodes that send it left, and above all in the slot of those that send it right. Leaves point to
// themselves, so every row of a tree takes the tree's depth in steps and four rows are walked at once.
import type { JsonObject } from '../base/json.ts';
import type { Matrix } from '../table/matrix.ts';
import type { Model } from './model.ts';

/** Rows walked together: their ranks and one tree stay in the first-level cache. */
const BLOCK = 256;
const RANK_BELOW = -1;
const RANK_ABOVE = 0x7ffffff;

type Slot = { feature: number; missing: number; thresholds: Float32Array };
export type Walk = {
  outputs: number;
  slots: Slot[];
  /** Four words a node: slot, threshold rank, left, right (first words of nodes). */
  links: Int32Array;
  /** For each node its leaf in `leaves`, counted over all trees. */
  leafOf: Int32Array;
  roots: Int32Array;
  depths: Int32Array;
};

/** Scores (row-major, rows x outputs) += the leaves that the rows reach, in tree order. */
export function addLeaves(walk: Walk, leaves: Float64Array | Float32Array, matrix: Matrix, scores: Float64Array): void {
  const { outputs, slots, roots } = walk;
  const width = Math.max(1, slots.length);
  const ranks = new Int32Array(Math.min(BLOCK, (matrix.rows + 3) & ~3) * width);
  for (let from = 0; from < matrix.rows; from += BLOCK) {
    const count = Math.min(BLOCK, matrix.rows - from);
    slots.forEach((slot, s) => rankValues(matrix.data[slot.feature], from, count, slot, ranks, s, width));
    for (let t = 0; t < roots.length; t++) addTree(walk, t, leaves, ranks, width, count, scores, from * outputs + (t % outputs));
  }
}

/** The last rows of a block are walked with stale ranks beside them, whose leaves are not added. */
function addTree(walk: Walk, tree: number, leaves: Float64Array | Float32Array, ranks: Int32Array, width: number, count: number, scores: Float64Array, to: number): void {
  const { links, leafOf, outputs } = walk;
  const root = walk.roots[tree];
  const depth = walk.depths[tree];
  for (let i = 0; i < count; i += 4) {
    const a = i * width;
    const b = a + width;
    const c = b + width;
    const d = c + width;
    let p = root;
    let q = root;
    let r = root;
    let s = root;
    for (let step = 0; step < depth; step++) {
      p = links[p + 2 - ((links[p + 1] - ranks[a + links[p]]) >> 31)];
      q = links[q + 2 - ((links[q + 1] - ranks[b + links[q]]) >> 31)];
      r = links[r + 2 - ((links[r + 1] - ranks[c + links[r]]) >> 31)];
      s = links[s + 2 - ((links[s + 1] - ranks[d + links[s]]) >> 31)];
    }
    const at = to + i * outputs;
    scores[at] += leaves[leafOf[p >> 2]];
    if (i + 1 < count) scores[at + outputs] += leaves[leafOf[q >> 2]];
    if (i + 2 < count) scores[at + 2 * outputs] += leaves[leafOf[r >> 2]];
    if (i + 3 < count) scores[at + 3 * outputs] += leaves[leafOf[s >> 2]];
  }
}

/** ranks[row * width + place] = how many thresholds lie below the value. */
function rankValues(values: Float32Array, from: number, count: number, slot: Slot, ranks: Int32Array, place: number, width: number): void {
  const { thresholds, missing } = slot;
  for (let i = 0, at = place; i < count; i++, at += width) {
    const value = values[from + i];
    let low = 0;
    let high = thresholds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (thresholds[middle] < value) low = middle + 1;
      else high = middle;
    }
    ranks[at] = value === value ? low : missing;
  }
}

const walks = new WeakMap<Model, Walk>();

/** The walk of a checked model, made once. */
export function walkOf(model: Model): Walk {
  const known = walks.get(model);
  if (known) return known;
  const walk = makeWalk(model);
  walks.set(model, walk);
  return walk;
}

function makeWalk(model: Model): Walk {
  const { sizes, feature, threshold, missing, left, right } = model.arrays;
  const found = new Map<number, Set<number>>();
  for (let n = 0; n < feature.length; n++) found.set(feature[n], (found.get(feature[n]) ?? new Set()).add(threshold[n]));
  const ordered = new Map<number, { sorted: Float32Array; rank: Map<number, number> }>();
  for (const [f, set] of found) {
    const sorted = Float32Array.from(set).sort();
    ordered.set(f, { sorted, rank: new Map(Array.from(sorted, (value, rank) => [value, rank])) });
  }
  const slots: Slot[] = [];
  const places = new Map<number, number>();
  const links = new Int32Array(4 * (2 * feature.length + sizes.length));
  const leafOf = new Int32Array(links.length >> 2);
  const roots = new Int32Array(sizes.length);
  const depths = new Int32Array(sizes.length);
  for (let t = 0, first = 0; t < sizes.length; first += sizes[t++]) {
    const base = 2 * first + t;
    const size = sizes[t];
    const depth = new Int32Array(size);
    roots[t] = 4 * base;
    const place = (child: number) => 4 * (base + (child < 0 ? size + ~child : child));
    for (let n = 0; n < size; n++) {
      const at = first + n;
      const key = 2 * feature[at] + missing[at];
      const { sorted, rank } = ordered.get(feature[at]) as { sorted: Float32Array; rank: Map<number, number> };
      if (!places.has(key)) places.set(key, slots.push({ feature: feature[at], missing: missing[at] ? RANK_BELOW : RANK_ABOVE, thresholds: sorted }) - 1);
      links.set([places.get(key) as number, rank.get(threshold[at]) as number, place(left[at]), place(right[at])], 4 * (base + n));
      for (const child of [left[at], right[at]]) if (child >= 0) depth[child] = depth[n] + 1;
      depths[t] = Math.max(depths[t], depth[n] + 1);
    }
    for (let leaf = 0; leaf <= size; leaf++) {
      const self = 4 * (base + size + leaf);
      links.set([0, 0, self, self], self);
      leafOf[self >> 2] = first + t + leaf;
    }
  }
  return { outputs: (model.json as JsonObject).outputs as number, slots, links, leafOf, roots, depths };
}
