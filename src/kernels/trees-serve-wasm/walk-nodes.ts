// Trees too large for a program -> nodes as assembly/walk.ts walks them: 8 bytes each, a left child beside its right sibling, breadth
// first so that the nodes near the root share cache lines; and a word beside each: its leaf's number, or where its set is.
import type { TreeNodes } from '../../core/models/trees-nodes.ts';
import type { Slots } from './slots.ts';

export type WalkNodes = { readonly links: Uint32Array; readonly extra: Uint32Array; readonly roots: Uint32Array; readonly mixed: Uint8Array };
/** Nothing is greater than this, so a leaf never leaves itself. */
const NEVER = 127;

/** Trees of more than `above` leaves; setAt gives the place of a node's bits. */
export function walkNodes(nodes: TreeNodes, { slotOf, cutOf }: Slots, above: number, setAt: (node: number) => number): WalkNodes {
  const { sizes, place, left, right, nominal } = nodes;
  const large = sizes.reduce((sum, size) => sum + (size < above ? 0 : 2 * size + 1), 0);
  const links = new Uint32Array(2 * large);
  const extra = new Uint32Array(large);
  const roots = new Uint32Array(sizes.length);
  const mixed = new Uint8Array(sizes.length);
  let next = 0;
  for (let t = 0, first = 0; t < sizes.length; first += sizes[t++]) {
    if (sizes[t] < above) continue;
    roots[t] = next++;
    const queue = [sizes[t] > 0 ? 0 : ~0];
    for (let i = 0; i < queue.length; i++) {
      const [id, at] = [queue[i], roots[t] + i];
      if (id < 0) {
        links[2 * at] = at;
        links[2 * at + 1] = NEVER << 16;
        extra[at] = first + t + ~id;
        continue;
      }
      const node = first + id;
      const isSet = nominal[place[node]] !== null;
      links[2 * at] = next;
      links[2 * at + 1] = (slotOf(node) | ((isSet ? 0 : cutOf(node) & 255) << 16) | (isSet ? 1 << 24 : 0)) >>> 0;
      if (isSet) {
        extra[at] = setAt(node);
        mixed[t] = 1;
      }
      next += 2;
      queue.push(left[node], right[node]);
    }
  }
  return { links, extra, roots, mixed };
}
