// The block of a scan: the window of text, the places of cells, and room for what one column's call gives, all in WASM memory.
// Addresses hold until the window grows; `cells` and `bytes` are views for the reference, renewed when memory moved.
import type { CsvPlan } from '../../core/io/csv/csv-kernels.ts';
import type { Cells } from '../../core/io/csv/tokenize.ts';
import type { ColumnState } from '../../core/io/csv/column-state.ts';
import type { Arena } from './arena.ts';
import type { Exports } from './exports.ts';
import { makeFives } from './fives.ts';
import { makeSlab, type Slab } from './slab.ts';

const fives = makeFives();

const SLOTS = 1 << 16;
/** Spare bytes on either side of the window, so that vectors may be loaded across its edges. */
const SPARE = 64;
/** The tokenizer writes up to 64 places more than it takes. */
const SPILL = 512;

export interface Block {
  readonly arena: Arena;
  readonly x: Exports;
  readonly plan: CsvPlan;
  /** What core's unescape undoes; see assembly/texts.ts. */
  readonly escapes: number;
  /** Most rows. */
  readonly capacity: number;
  window: number;
  windowBytes: number;
  readonly starts: number;
  readonly ends: number;
  readonly quoted: number;
  /** f64, i32 or u32 values of a column, and what they are narrowed to. */
  readonly values: number;
  readonly bits: number;
  readonly odd: number;
  readonly counts: number;
  readonly words: number;
  readonly fives: number;
  readonly cursor: number;
  readonly facts: number;
  readonly range: number;
  /** As long as the window: one column's text. */
  text: number;
  cells: Cells;
  bytes: Uint8Array;
  version: number;
  readonly slabs: WeakMap<object, Slab>;
}

export function makeBlock(arena: Arena, x: Exports, plan: CsvPlan): Block {
  const { columns, dialect, words } = plan;
  const slots = Math.max(SLOTS, columns) + columns;
  const capacity = Math.max(1, Math.floor(SLOTS / Math.max(1, columns)));
  const windowBytes = 1 << 18;
  const block: Block = {
    arena, x, plan, capacity, windowBytes,
    escapes: (dialect.escape || dialect.quote) | (dialect.quote << 8) | ((dialect.escape ? dialect.delimiter : dialect.quote) << 16),
    window: arena.take(windowBytes + 2 * SPARE) + SPARE,
    text: arena.take(windowBytes + 2 * SPARE),
    starts: arena.take(slots * 4 + SPILL),
    ends: arena.take(slots * 4 + SPILL),
    quoted: arena.take(slots),
    values: arena.take(capacity * 8 + 64),
    bits: arena.take((capacity >> 3) + 64),
    odd: arena.take(capacity * 4),
    counts: arena.take(64 + 4 * words.words.length),
    words: putWords(arena, plan),
    fives: putFives(arena),
    cursor: arena.take(64),
    facts: arena.take(64),
    range: arena.take(64),
    cells: { starts: new Int32Array(0), ends: new Int32Array(0), quoted: new Uint8Array(0), rowEnds: new Int32Array(0), rows: 0, capacity },
    bytes: new Uint8Array(0),
    version: -1,
    slabs: new WeakMap(),
  };
  renew(block);
  return block;
}

/** Fresh views where memory has moved. */
export function renew(block: Block): void {
  const { arena, starts, ends, quoted, plan } = block;
  if (block.version === arena.version) return;
  const slots = Math.max(SLOTS, plan.columns) + plan.columns;
  block.version = arena.version;
  block.bytes = arena.u8.subarray(block.window, block.window + block.windowBytes);
  block.cells = { ...block.cells, starts: arena.i32.subarray(starts >> 2, (starts >> 2) + slots), ends: arena.i32.subarray(ends >> 2, (ends >> 2) + slots), quoted: arena.u8.subarray(quoted, quoted + slots) };
}

/** Makes room for `needed` bytes in the window, of which [from, to) are kept at its front. */
export function growWindow(block: Block, needed: number, from: number, to: number): void {
  const { arena, window, windowBytes, text } = block;
  const larger = Math.max(needed, windowBytes * 2);
  block.window = arena.take(larger + 2 * SPARE) + SPARE;
  block.windowBytes = larger;
  arena.u8.copyWithin(block.window, window + from, window + to);
  arena.give(window - SPARE, windowBytes + 2 * SPARE);
  arena.give(text, windowBytes + 2 * SPARE);
  block.text = arena.take(larger + 2 * SPARE);
  block.version = -1;
  renew(block);
}

/** The slab of a builder, whose rows are freed with it. */
export function slabOf({ slabs }: Block, builder: object): Slab {
  let slab = slabs.get(builder);
  if (!slab) slabs.set(builder, (slab = makeSlab()));
  return slab;
}

/** Clears what a column's call counts, with its bits for `rows` rows and its facts. */
export function clearCounts(block: Block, rows: number): void {
  const { arena, counts, bits, facts, plan } = block;
  arena.u8.fill(0, counts, counts + 64 + 4 * plan.words.words.length);
  arena.u8.fill(0, bits, bits + (rows >> 3) + 1);
  arena.u8.fill(0, facts, facts + 12);
}

/** Adds what was counted to the state. */
export function tally(block: Block, state: ColumnState): void {
  const { i32 } = block.arena;
  state.empty += i32[(block.counts >> 2) + 2];
  for (let w = 0; w < state.wordCounts.length; w++) state.wordCounts[w] += i32[(block.counts >> 2) + 16 + w];
}

function putFives(arena: Arena): number {
  const at = arena.take(fives.byteLength);
  arena.u8.set(new Uint8Array(fives.buffer), at);
  return at;
}

/** See assembly/words.ts for the layout. */
function putWords(arena: Arena, { words }: CsvPlan): number {
  const length = words.bytes.reduce((n, word) => n + word.length, 0);
  const at = arena.take(272 + 12 * words.bytes.length + length);
  arena.u8.fill(0, at, at + 272);
  arena.u8.set(words.first, at + 16);
  arena.i32.set([words.bytes.length, words.longest], at >> 2);
  let text = at + 272 + 12 * words.bytes.length;
  words.bytes.forEach((word, w) => {
    arena.i32.set([word.length, words.weak[w], text], (at + 272 + 12 * w) >> 2);
    arena.u8.set(word, text);
    text += word.length;
  });
  return at;
}
