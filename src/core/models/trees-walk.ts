// A `trees` model laid out for walking without branches: prepared once per model, then rows x trees leaf sums.
// Each value is first ranked among the cuts of its feature (value <= cut j means rank <= j), so a step compares small
// integers: the sign bit of (rank of the cut - rank) chooses the child. A missing value ranks below all cuts in the slot of
// nodes that send it left, and above all in the slot of those that send it right. Leaves point to themselves, so four rows
// are walked at once until the last has arrived; what is left over walks alone. The rank of a nominal feature is the group of
// its code, missing being one more: a node with a set holds ~(first word of its bits), and trees with such nodes walk alone.
import type { JsonObject } from '../base/json.ts';
import type { Matrix } from '../table/matrix.ts';
import type { Model } from './model.ts';
import { nodesOf, type TreeNodes } from './trees-nodes.ts';
import type { Nominal } from './trees-sets.ts';

/** Rows walked together: their ranks and one tree stay in the first-level cache. */
const BLOCK = 128;
const RANK_BELOW = -1;
const RANK_ABOVE = 0x7ffffff;

export type Slot = { feature: number; missing: number; cuts: Float32Array; nominal: Nominal | null };
export type Walk = {
  outputs: number;
  slots: Slot[];
  /** Four words a node: slot, rank of its cut (or ~first word of its set), left, right (first words of nodes); a tree's leaves follow its nodes. */
  links: Int32Array;
  /** A bit for each group of a nominal feature and one for missing: set = goes left. */
  sets: Uint32Array;
  /** For each tree: 1 when a node of it has a set. */
  mixed: Uint8Array;
  /** For each node its leaf in `leaves`, counted over all trees. */
  leafOf: Int32Array;
  /** First words of each tree's root and of its first leaf. */
  roots: Int32Array;
  ends: Int32Array;
};

/** Scores (row-major, rows x outputs) += the leaves that the rows reach, in tree order. */
export function addLeaves(walk: Walk, leaves: Float64Array | Float32Array, matrix: Matrix, scores: Float64Array): void {
  const { outputs, slots, roots, mixed } = walk;
  const width = Math.max(1, slots.length);
  const ranks = new Int32Array(Math.min(BLOCK, matrix.rows) * width);
  for (let from = 0; from < matrix.rows; from += BLOCK) {
    const count = Math.min(BLOCK, matrix.rows - from);
    const fours = count & ~3;
    slots.forEach((slot, s) => rankValues(matrix.data[slot.feature], from, count, slot, ranks, s, width));
    for (let t = 0; t < roots.length; t++) {
      const to = from * outputs + (t % outputs);
      if (mixed[t]) {
        for (let i = 0; i < count; i++) addMixed(walk, t, leaves, ranks, i * width, scores, to + i * outputs);
        continue;
      }
      for (let i = 0; i < fours; i += 4) addFour(walk, t, leaves, ranks, i * width, width, scores, to + i * outputs);
      for (let i = fours; i < count; i++) addOne(walk, t, leaves, ranks, i * width, scores, to + i * outputs);
    }
  }
}

/** Four rows at once, so that their steps overlap; two steps between looks whether all have arrived. */
function addFour(walk: Walk, tree: number, leaves: Float64Array | Float32Array, ranks: Int32Array, a: number, width: number, scores: Float64Array, to: number): void {
  const { links, leafOf, outputs } = walk;
  const end = walk.ends[tree];
  const b = a + width;
  const c = b + width;
  const d = c + width;
  let p = walk.roots[tree];
  let q = p;
  let r = p;
  let s = p;
  while (((p - end) | (q - end) | (r - end) | (s - end)) < 0) {
    p = links[p + 2 - ((links[p + 1] - ranks[a + links[p]]) >> 31)];
    q = links[q + 2 - ((links[q + 1] - ranks[b + links[q]]) >> 31)];
    r = links[r + 2 - ((links[r + 1] - ranks[c + links[r]]) >> 31)];
    s = links[s + 2 - ((links[s + 1] - ranks[d + links[s]]) >> 31)];
    p = links[p + 2 - ((links[p + 1] - ranks[a + links[p]]) >> 31)];
    q = links[q + 2 - ((links[q + 1] - ranks[b + links[q]]) >> 31)];
    r = links[r + 2 - ((links[r + 1] - ranks[c + links[r]]) >> 31)];
    s = links[s + 2 - ((links[s + 1] - ranks[d + links[s]]) >> 31)];
  }
  scores[to] += leaves[leafOf[p >> 2]];
  scores[to + outputs] += leaves[leafOf[q >> 2]];
  scores[to + 2 * outputs] += leaves[leafOf[r >> 2]];
  scores[to + 3 * outputs] += leaves[leafOf[s >> 2]];
}

function addOne(walk: Walk, tree: number, leaves: Float64Array | Float32Array, ranks: Int32Array, a: number, scores: Float64Array, to: number): void {
  const { links, leafOf } = walk;
  const end = walk.ends[tree];
  let p = walk.roots[tree];
  while (p < end) p = links[p + 2 - ((links[p + 1] - ranks[a + links[p]]) >> 31)];
  scores[to] += leaves[leafOf[p >> 2]];
}

/** As addOne, through a tree that has sets. */
function addMixed(walk: Walk, tree: number, leaves: Float64Array | Float32Array, ranks: Int32Array, a: number, scores: Float64Array, to: number): void {
  const { links, leafOf, sets } = walk;
  const end = walk.ends[tree];
  let p = walk.roots[tree];
  while (p < end) {
    const cut = links[p + 1];
    const rank = ranks[a + links[p]];
    p = links[p + 2 - (cut >= 0 ? (cut - rank) >> 31 : ((sets[~cut + (rank >> 5)] >>> (rank & 31)) & 1) - 1)];
  }
  scores[to] += leaves[leafOf[p >> 2]];
}

/** The ranks of `count` rows from that one on, in every slot: ranks[row * slots + slot]. */
export function rankRows({ slots }: Walk, matrix: Matrix, from: number, count: number, ranks: Int32Array): void {
  slots.forEach((slot, s) => rankValues(matrix.data[slot.feature], from, count, slot, ranks, s, slots.length));
}

/** ranks[row * width + place] = how many cuts lie below the value, or the group of its code. */
function rankValues(values: Float32Array, from: number, count: number, slot: Slot, ranks: Int32Array, place: number, width: number): void {
  const { cuts, missing, nominal } = slot;
  if (nominal) {
    const { group } = nominal;
    for (let i = 0, at = place; i < count; i++, at += width) {
      const value = values[from + i];
      ranks[at] = value !== value ? missing : value >= 0 && value < group.length ? group[value | 0] : 0;
    }
    return;
  }
  for (let i = 0, at = place; i < count; i++, at += width) {
    const value = values[from + i];
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cuts[middle] < value) low = middle + 1;
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
  const nodes = nodesOf(model);
  const { sizes, place, missing, cut, left, right, features, cuts, nominal } = nodes;
  const slots: Slot[] = [];
  const slotOf = new Int32Array(2 * features.length).fill(-1);
  const { sets, at: setAt } = setsOf(nodes);
  const links = new Int32Array(4 * (2 * place.length + sizes.length));
  const leafOf = new Int32Array(links.length >> 2);
  const roots = new Int32Array(sizes.length);
  const ends = new Int32Array(sizes.length);
  const mixed = new Uint8Array(sizes.length);
  for (let t = 0, first = 0; t < sizes.length; first += sizes[t++]) {
    const base = 2 * first + t;
    const size = sizes[t];
    roots[t] = 4 * base;
    ends[t] = 4 * (base + size);
    const target = (child: number) => 4 * (base + (child < 0 ? size + ~child : child));
    for (let n = 0; n < size; n++) {
      const at = first + n;
      const set = nominal[place[at]];
      const key = 2 * place[at] + (set ? 0 : missing[at]);
      if (slotOf[key] < 0) slotOf[key] = slots.push({ feature: features[place[at]], missing: set ? set.groups : missing[at] ? RANK_BELOW : RANK_ABOVE, cuts: cuts[place[at]], nominal: set }) - 1;
      const to = 4 * (base + n);
      links[to] = slotOf[key];
      links[to + 1] = set ? ~(setAt[2 * place[at] + missing[at]] + cut[at] * wordsOf(set)) : cut[at];
      links[to + 2] = target(left[at]);
      links[to + 3] = target(right[at]);
      if (set) mixed[t] = 1;
    }
    for (let leaf = 0; leaf <= size; leaf++) {
      const self = ends[t] + 4 * leaf;
      links[self + 2] = links[self + 3] = self;
      leafOf[self >> 2] = first + t + leaf;
    }
  }
  return { outputs: (model.json as JsonObject).outputs as number, slots, links, sets, mixed, leafOf, roots, ends };
}

/** Words of a set with a bit for missing, which is group `groups`. */
const wordsOf = ({ groups }: Nominal): number => (groups + 32) >>> 5;

/** All sets twice, missing right and missing left: at[2 * place + missing] is the first word of a feature's. */
function setsOf({ nominal }: TreeNodes): { sets: Uint32Array; at: Int32Array } {
  const at = new Int32Array(2 * nominal.length);
  let total = 0;
  nominal.forEach((set, place) => {
    for (let side = 0; set && side < 2; side++) {
      at[2 * place + side] = total;
      total += (set.sets.length / set.words) * wordsOf(set);
    }
  });
  const sets = new Uint32Array(total);
  nominal.forEach((set, place) => {
    for (let side = 0; set && side < 2; side++) {
      for (let s = 0, to = at[2 * place + side]; s < set.sets.length; s += set.words, to += wordsOf(set)) {
        sets.set(set.sets.subarray(s, s + set.words), to);
        if (side) sets[to + (set.groups >>> 5)] |= 1 << (set.groups & 31);
      }
    }
  });
  return { sets, at };
}
