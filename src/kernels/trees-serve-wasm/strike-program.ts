// A tree of up to 256 leaves -> the program that assembly/bits.ts runs: byte by byte of its leaves, last first, the nodes whose left
// subtree has a leaf in that byte, with the leaves that they strike out when they send a row right.
import type { TreeNodes } from '../../core/models/trees-nodes.ts';
import type { Slots } from './slots.ts';

export const MOST_LEAVES = 256;
const CUT_BYTES = 4;
const SET_BYTES = 36;

/** `first` is the tree's first node, `size` how many it has; setBits gives a node's 32 bytes. */
export function strikeProgram({ left, right, place, nominal }: TreeNodes, first: number, size: number, { slotOf, cutOf }: Slots, setBits: (node: number) => Uint8Array): Uint8Array {
  const below = leavesBelow(left, right, first, size);
  const begin = new Int32Array(size);
  for (let n = 0; n < size; n++) {
    const [l, r] = [left[first + n], right[first + n]];
    if (l >= 0) begin[l] = begin[n];
    if (r >= 0) begin[r] = begin[n] + (l >= 0 ? below[l] : 1);
  }
  const out: number[] = [];
  for (let byte = size >> 3; byte >= 0; byte--) {
    const cuts: number[] = [];
    const sets: number[] = [];
    for (let n = 0; n < size; n++) {
      const node = first + n;
      const end = begin[n] + (left[node] >= 0 ? below[left[node]] : 1);
      const from = Math.max(0, begin[n] - 8 * byte);
      const to = Math.min(8, end - 8 * byte);
      if (from >= to) continue;
      const struck = ((1 << to) - 1) & ~((1 << from) - 1);
      const slot = slotOf(node);
      if (nominal[place[node]]) sets.push(slot & 255, slot >> 8, 0, struck, ...setBits(node));
      else cuts.push(slot & 255, slot >> 8, cutOf(node) & 255, struck);
    }
    const counts = [cuts.length / CUT_BYTES, sets.length / SET_BYTES];
    out.push(counts[0] & 255, counts[0] >> 8, counts[1] & 255, counts[1] >> 8, ...cuts, ...sets);
  }
  return Uint8Array.from(out);
}

/** How many leaves each node has below it: children come after parents. */
function leavesBelow(left: Int32Array, right: Int32Array, first: number, size: number): Int32Array {
  const below = new Int32Array(size);
  const of = (child: number) => (child < 0 ? 1 : below[child]);
  for (let n = size - 1; n >= 0; n--) below[n] = of(left[first + n]) + of(right[first + n]);
  return below;
}
