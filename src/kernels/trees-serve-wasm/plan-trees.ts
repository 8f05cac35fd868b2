// A checked `trees` model -> the memory that the kernel reads, written once: programs for trees of few leaves, nodes for the others.
// In: the model and the most leaves of a tree that gets a program. Out: null when its slots do not fit bytes (slots.ts) or it all
// does not fit memory.
import type { JsonObject } from '../../core/base/json.ts';
import { floatsOf } from '../../core/models/decode.ts';
import type { Model } from '../../core/models/model.ts';
import { nodesOf, type TreeNodes } from '../../core/models/trees-nodes.ts';
import { CUTS, slotsOf, type Slot, type Slots } from './slots.ts';
import { strikeProgram } from './strike-program.ts';
import { walkNodes } from './walk-nodes.ts';

/** Rows that are ranked and scored together: their ranks stay in the nearest cache while a tree goes over them. */
export const BLOCK = 256;
const PAGE = 65_536;
/** A gigabyte. */
const MOST_PAGES = 16_384;
const HEADER = 20;
const TABLE = 4 * 256 + 4 * 16;

/** Byte offsets into the memory; a slot's table is its cuts and pivots, or groups by code. */
export type ServePlan = {
  readonly memory: WebAssembly.Memory;
  readonly outputs: number;
  readonly trees: number;
  readonly mixed: boolean;
  readonly slots: readonly (Slot & { readonly table: number; readonly length: number })[];
  readonly headers: number;
  readonly nodes: number;
  readonly extra: number;
  readonly roots: number;
  readonly leaves: number;
  readonly ranks: number;
  readonly sums: number;
  readonly values: number;
  readonly spare: number;
};

export function planTrees(model: Model, mostLeaves: number): ServePlan | null {
  const nodes = nodesOf(model);
  const slots = slotsOf(nodes);
  if (!slots) return null;
  const values = floatsOf(model, 'leaves');
  const { outputs } = model.json as JsonObject as { outputs: number };
  const trees = nodes.sizes.length;
  const arena = new Arena();
  const headers = arena.take(HEADER * trees);
  const roots = arena.take(4 * trees);
  const leaves = arena.put(Float64Array.from(values));
  const sets = putSets(nodes, arena);
  const walked = walkNodes(nodes, slots, mostLeaves, sets.at);
  const [links, extra] = [arena.put(walked.links), arena.put(walked.extra)];
  const programs = new Int32Array(trees);
  for (let t = 0, first = 0; t < trees; first += nodes.sizes[t++]) {
    if (nodes.sizes[t] < mostLeaves) programs[t] = arena.put(strikeProgram(nodes, first, nodes.sizes[t], slots, sets.bits));
  }
  const tables = putTables(nodes, slots, arena);
  const ranks = arena.take(slots.slots.length * BLOCK);
  const sums = arena.take(8 * outputs * BLOCK);
  const [block, spare] = [arena.take(4 * BLOCK), arena.take(64)];
  const memory = arena.finish();
  if (!memory) return null;
  const words = new Uint32Array(memory.buffer);
  words.set(walked.roots, roots >> 2);
  for (let t = 0, first = 0; t < trees; first += nodes.sizes[t++]) {
    const bytes = programs[t] ? (nodes.sizes[t] >> 3) + 1 : 0;
    words.set([bytes, bytes ? programs[t] : walked.roots[t], bytes ? leaves + 8 * (first + t) : leaves, sums + 8 * BLOCK * (t % outputs), walked.mixed[t]], (headers + HEADER * t) >> 2);
  }
  return { memory, outputs, trees, mixed: walked.mixed.some((is) => is), slots: tables, headers, nodes: links, extra, roots, leaves, ranks, sums, values: block, spare };
}

/** Pieces one after another from the second page on (the first is the module's), then one memory that holds them all. */
class Arena {
  private at = PAGE;
  private readonly pieces: { at: number; bytes: Uint8Array }[] = [];

  take(bytes: number): number {
    const at = this.at;
    this.at = 16 * Math.ceil((at + bytes) / 16);
    return at;
  }

  put(array: Float64Array | Float32Array | Uint32Array | Uint8Array): number {
    const at = this.take(array.byteLength);
    this.pieces.push({ at, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) });
    return at;
  }

  finish(): WebAssembly.Memory | null {
    const pages = Math.ceil(this.at / PAGE);
    if (pages > MOST_PAGES) return null;
    let memory: WebAssembly.Memory;
    try {
      memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    } catch {
      return null;
    }
    const bytes = new Uint8Array(memory.buffer);
    for (const piece of this.pieces) bytes.set(piece.bytes, piece.at);
    return memory;
  }
}

/** The bits of every set, 32 bytes, missing right and missing left: where those of a node are, and what they are. */
function putSets({ nominal, place, cut, missing }: TreeNodes, arena: Arena): { at(node: number): number; bits(node: number): Uint8Array } {
  const held = nominal.map((feature) => {
    if (!feature) return null;
    const { sets, words, groups } = feature;
    const count = sets.length / words;
    const bits = new Uint8Array(2 * count * 32);
    for (let s = 0; s < count; s++) {
      const one = new Uint8Array(sets.buffer, sets.byteOffset + 4 * s * words, 4 * words);
      bits.set(one, 64 * s);
      bits.set(one, 64 * s + 32);
      bits[64 * s + 32 + (groups >> 3)] |= 1 << (groups & 7);
    }
    return { bits, at: arena.put(bits) };
  });
  const offset = (node: number) => 64 * cut[node] + 32 * missing[node];
  return { at: (node) => held[place[node]]!.at + offset(node), bits: (node) => held[place[node]]!.bits.subarray(offset(node), offset(node) + 32) };
}

function putTables({ cuts, nominal }: TreeNodes, { slots }: Slots, arena: Arena): ServePlan['slots'] {
  const known = new Map<string, number>();
  return slots.map((slot) => {
    const set = nominal[slot.place];
    const list = cuts[slot.place].subarray(slot.chunk, slot.chunk + CUTS);
    const key = `${slot.place} ${slot.chunk}`;
    if (!known.has(key)) known.set(key, set ? arena.put(Uint8Array.from(set.group)) : arena.put(tableOf(list)));
    return { ...slot, table: known.get(key)!, length: set ? set.group.length : list.length };
  });
}

function tableOf(cuts: Float32Array): Float32Array {
  const table = new Float32Array(TABLE / 4).fill(Infinity);
  table.set(cuts);
  for (let k = 0; k < 16; k++) table[256 + k] = table[16 * k + 15];
  return table;
}
