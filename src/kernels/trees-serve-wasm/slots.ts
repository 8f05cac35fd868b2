// What the nodes of a model compare with, in bytes: a slot is a feature's rank among up to 255 of its cuts (a feature with more has
// several), with missing values below all or above all; or the group of a code, missing being one more.
// A rank is stored less 128, so that signed comparison serves; a node's cut likewise.
import type { TreeNodes } from '../../core/models/trees-nodes.ts';

export const CUTS = 255;
/** `chunk` is the first of its cuts, `missing` the byte of a missing value. */
export type Slot = { readonly feature: number; readonly place: number; readonly nominal: boolean; readonly chunk: number; readonly missing: number };
/** The slots that are asked, features ascending; slotOf tells a node's by its number (over all trees), cutOf the byte it compares with. */
export type Slots = { readonly slots: readonly Slot[]; slotOf(node: number): number; cutOf(node: number): number };

/** Null when a byte or two do not suffice: a nominal feature of more than 255 groups, or more than 65,536 slots. */
export function slotsOf({ place, missing, cut, features, cuts, nominal }: TreeNodes): Slots | null {
  const chunks = cuts.map((list) => Math.max(1, Math.ceil(list.length / CUTS)));
  const first = new Int32Array(cuts.length + 1);
  for (let p = 0; p < cuts.length; p++) first[p + 1] = first[p] + (nominal[p] ? 1 : 2 * chunks[p]);
  if (nominal.some((set) => set && set.groups > 255)) return null;
  const keyOf = (node: number) => first[place[node]] + (nominal[place[node]] ? 0 : 2 * Math.floor(cut[node] / CUTS) + missing[node]);
  const asked = new Uint8Array(first[cuts.length]);
  for (let node = 0; node < place.length; node++) asked[keyOf(node)] = 1;
  const slots: Slot[] = [];
  const number = new Int32Array(asked.length).fill(-1);
  for (let p = 0; p < cuts.length; p++) {
    for (let key = first[p]; key < first[p + 1]; key++) {
      if (!asked[key]) continue;
      const set = nominal[p];
      const chunk = ((key - first[p]) >> 1) * CUTS;
      const above = Math.min(CUTS, cuts[p].length - chunk) - 128;
      number[key] = slots.push({ feature: features[p], place: p, nominal: set !== null, chunk, missing: set ? set.groups : (key - first[p]) & 1 ? -128 : above }) - 1;
    }
  }
  if (slots.length > 65_536) return null;
  return { slots, slotOf: (node) => number[keyOf(node)], cutOf: (node) => (cut[node] % CUTS) - 128 };
}
