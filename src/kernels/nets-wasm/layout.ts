// The memory of one session, known before anything is allocated: the compiled net, its parameters and moments, a gradient for
// each slice, the batch, and the buffers of layers, which are as long as a tile for each thread, or as the batch where batch
// norm needs it all. Throws too-large when no memory is that large.
import { BarnacleError } from '../../core/base/errors.ts';
import type { NetOpen } from '../../core/learners/mlp/net-kernels.ts';
import { widthsOf } from '../../core/models/net/net.ts';
import type { NetSlot } from '../../core/models/net/net.ts';
import { openArena } from './arena.ts';
import { compileNet } from './compile.ts';
import type { Packing, Program } from './compile.ts';
import { CHUNK_WORDS, PACK_WORDS, wordsOf } from './records.ts';
import type { TableWord } from './records.ts';
import { placeSlots } from './slots.ts';
import type { PlacedSlots } from './slots.ts';
import { MOST_SLICES, shapeOf, slicesFor, tileRowsOf } from './split.ts';
import type { NetShape } from './split.ts';

/** Floats that the kernel's products take, asked of the kernel. */
export type Measures = { packedFloats(n: number, m: number): number; scratchFloats(n: number, m: number): number; encodingScratch(n: number, width: number): number };

/** Parameters that one thread sums and moves at a time. */
const CHUNK = 4096;
/** Floats that one thread packs at a time. */
const PACK = 8192;
/** Rows that forward takes at a time, at least. */
const SERVE_ROWS = 1024;

export interface NetLayout {
  readonly bytes: number;
  readonly pages: number;
  readonly shape: NetShape;
  readonly slots: PlacedSlots;
  readonly program: Program;
  readonly words: { readonly [name in TableWord]: number };
  /** What is written once: words at their first byte. */
  readonly tables: readonly (readonly [number, Int32Array])[];
  /** Slot of each chunk. */
  readonly chunkSlots: Int32Array;
  readonly x: number;
  readonly codes: number;
  readonly truth: number;
  readonly share: number;
  readonly out: number;
  readonly serveRows: number;
}

export const tooLarge = (bytes: number, cause: unknown = null): BarnacleError =>
  new BarnacleError('too-large', `the net needs ${Math.ceil(bytes / 2 ** 20)} MiB, more than this tab can get; use narrower layers, fewer members or smaller batches`, { what: 'bytes for a net', value: bytes, limit: 2 ** 32 }, { cause });

export function layoutNet({ net, loss, maxRows }: Pick<NetOpen, 'net' | 'loss' | 'maxRows'>, threads: number, measures: Measures): NetLayout {
  const shape = shapeOf(net);
  const slots = placeSlots(net);
  const tileRows = tileRowsOf(shape);
  const tiles = Math.ceil(maxRows / tileRows) + MOST_SLICES;
  const arena = openArena(shape.full ? Math.max(maxRows, threads * tileRows) : threads * tileRows);
  const { numbers, flags, categories } = net.inputs;
  const outputs = widthsOf(net)[net.layers.length];
  const serveRows = Math.max(maxRows, SERVE_ROWS);
  const vector = (): number => arena.take(4 * slots.floats);
  const slices = slicesFor(shape, maxRows);
  const at = { weights: vector(), first: vector(), second: vector(), gradients: arena.take(4 * slots.floats * slices), x: arena.take(4 * serveRows * (numbers + flags)), codes: arena.take(4 * serveRows * categories.length), truth: arena.take(4 * maxRows * outputs), share: arena.take(4 * maxRows), out: arena.take(4 * serveRows * shape.members * outputs) };
  const program = compileNet(net, { arena, slots, threads, tiles, packedFloats: measures.packedFloats, ...at });
  const chunks = chunksOf(slots);
  const packs = packsOf(program.packings);
  const lists = { train: wordsOf(program.train), serve: wordsOf(program.serve), refs: Int32Array.from(arena.buffers.flat()), chunks: chunks.words, packs };
  const placed = Object.fromEntries(Object.entries(lists).map(([name, words]) => [name, arena.take(words.byteLength)])) as { [name in keyof typeof lists]: number };
  const scratchBytes = 4 * scratchOf(net, measures, slots.slots);
  const watched = (by: 'most' | 'least'): number => Math.ceil(program.watched.reduce((sum, each) => sum + (each.by === by ? 4 * each.width : 0), 0) / 64) * 64;
  const chunkCount = chunks.words.length / CHUNK_WORDS;
  const [mostsBytes, leastsBytes] = [watched('most'), watched('least')];
  const words = {
    rows: 0, tileRows: 0, sliceRows: 0, slices: 0, full: Number(shape.full), seed: 0,
    ...placed, chunkCount, packCount: packs.length / PACK_WORDS,
    weights: at.weights, gradients: at.gradients, stride: slots.floats, first: at.first, second: at.second,
    sgd: 0, watch: 0, norms: 0, rates: arena.take(4 * slots.slots.length), decays: arena.take(4 * slots.slots.length),
    lossSums: arena.take(8 * MOST_SLICES), gradientSums: arena.take(8 * chunkCount), weightSums: arena.take(8 * chunkCount),
    scratch: arena.take(scratchBytes * threads), scratchBytes, mosts: arena.take(mostsBytes * threads), mostsBytes, leasts: arena.take(leastsBytes * threads), leastsBytes,
    levels: arena.take(4 * outputs), lossKind: lossKinds.indexOf(loss.kind),
  };
  const tables = (Object.keys(lists) as (keyof typeof lists)[]).map((name) => [placed[name], lists[name]] as const);
  if (arena.pages > 65536) throw tooLarge(arena.bytes);
  return { bytes: arena.bytes, pages: arena.pages, shape, slots, program, words, tables, chunkSlots: chunks.slots, serveRows, ...at };
}

/** In the order of assembly/losses.ts. */
const lossKinds: readonly NetOpen['loss']['kind'][] = ['softmax', 'sigmoid', 'squared', 'absolute', 'huber', 'quantile'];

function chunksOf({ slots, at }: PlacedSlots): { words: Int32Array; slots: Int32Array } {
  const words: number[] = [];
  slots.forEach(({ name, size, trained }, s) => {
    for (let from = 0; from < size; from += CHUNK) words.push(at(name) + from, Math.min(CHUNK, size - from), s, Number(trained));
  });
  return { words: Int32Array.from(words), slots: Int32Array.from({ length: words.length / CHUNK_WORDS }, (_, c) => words[c * CHUNK_WORDS + 2]) };
}

function packsOf(packings: readonly Packing[]): Int32Array {
  const words: number[] = [];
  for (const { transposed, w, to, n, m, count } of packings) {
    const panels = count * Math.ceil((transposed ? n : m) / 8);
    const each = Math.max(1, Math.floor(PACK / (8 * (transposed ? m : n))));
    for (let from = 0; from < panels; from += each) words.push(Number(transposed), w, to, n, m, from, Math.min(panels, from + each), 0);
  }
  return Int32Array.from(words);
}

function scratchOf(net: NetOpen['net'], { scratchFloats, encodingScratch }: Measures, slots: readonly NetSlot[]): number {
  let most = 64;
  for (const { role, shape, layer } of slots) {
    if (role !== 'weights' || shape.length < 2) continue;
    const [n, m] = shape.slice(-2);
    most = Math.max(most, scratchFloats(n, m));
    if (layer < 0 && net.inputs.encoding) most = Math.max(most, encodingScratch(n, m), encodingScratch(net.inputs.encoding.kind === 'piecewise' ? n : 2 * net.inputs.encoding.waves, net.inputs.encoding.width));
  }
  return Math.ceil(most / 16) * 16;
}
