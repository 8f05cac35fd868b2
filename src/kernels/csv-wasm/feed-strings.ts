// Columns of strings: codes of a dictionary kept in WASM memory while there are few enough levels, then bytes and offsets.
// What was fed stands in parts until settle() joins them into the state's StringBuilder.
import { markBits } from '../../core/io/build/growing.ts';
import { adoptLevels, LEVEL_LIMIT, type StringBuilder } from '../../core/io/build/string-builder.ts';
import { feedStrings as feedByReference, type ColumnState } from '../../core/io/csv/column-state.ts';
import { clearCounts, renew, slabOf, tally, type Block } from './block.ts';
import { append } from './slab.ts';

type Codes = Uint8Array | Uint16Array | Int32Array;
/** A builder's rows before the parts stand in the builder itself. */
type Parts = { builder: StringBuilder; codes: Codes[]; dictionary: Dictionary | null; bytes: Uint8Array[]; offsets: Uint32Array[]; textBytes: number };
type Dictionary = { at: number; slots: number; capacity: number; pool: number };
/** With so many bytes taken, by thousands of columns of strings, further columns are the reference's. */
const FULL = 2 ** 29;
/** Codes that are made wide at a time. */
const PIECE = 1 << 14;
export type StringParts = Map<ColumnState, Parts>;

/** Feeds the rows from `from` on of a state whose kind is STRING. */
export function feedStrings(block: Block, all: StringParts, state: ColumnState, from: number): void {
  const { arena, counts, bits, plan } = block;
  let parts = all.get(state);
  if (!parts && arena.u8.length > FULL) return feedByReference(state, block.bytes, block.cells, plan.columns, plan.dialect, plan.words, from);
  if (parts && parts.builder !== state.strings) dropDictionary(block, parts);
  if (!parts || parts.builder !== state.strings) all.set(state, (parts = { builder: state.strings, codes: [], dictionary: null, bytes: [], offsets: [], textBytes: 0 }));
  const rows = block.cells.rows;
  let row = from;
  while (row < rows) {
    clearCounts(block, rows);
    const isText = state.strings.codes === null;
    const stop = isText ? feedText(block, parts, state, row) : feedCodes(block, parts, state, row);
    tally(block, state);
    const missing = arena.i32[(counts >> 2) + 1];
    if (missing) markBits(state.strings.mask, state.strings.rows, arena.u8.subarray(bits, bits + ((stop - row + 7) >> 3)), missing);
    state.strings.rows += stop - row;
    state.rows += stop - row;
    row = stop;
    if (row === rows) return;
    settleStrings(block, all, state);
    renew(block);
    feedByReference(state, block.bytes, { ...block.cells, rows: row + 1 }, plan.columns, plan.dialect, plan.words, row);
    all.set(state, (parts = { builder: state.strings, codes: [], dictionary: null, bytes: [], offsets: [], textBytes: 0 }));
    row++;
  }
}

/** Joins a state's parts into its builder, which is whole then. */
export function settleStrings(block: Block, all: StringParts, state: ColumnState): void {
  const parts = all.get(state);
  all.delete(state);
  if (!parts) return;
  const b = parts.builder;
  if (b === state.strings && b.codes) joinCodes(block, parts, b);
  else if (b === state.strings && parts.offsets.length) joinText(parts, b);
  dropDictionary(block, parts);
}

/** Returns the row before which there is no more room for levels; else all rows. */
function feedCodes(block: Block, parts: Parts, state: ColumnState, from: number): number {
  const { arena, x, plan, window, values, counts, bits, words, text } = block;
  const rows = block.cells.rows - from;
  const slot = from * plan.columns + state.place;
  const dictionary = (parts.dictionary ??= openDictionary(block, state.strings));
  let row = 0;
  for (;;) {
    row = x.strings(dictionary.at, window, block.starts + slot * 4, block.ends + slot * 4, block.quoted + slot, plan.columns, row, rows, values, bits, text, words, counts, block.escapes);
    if (row === rows || arena.i32[(counts >> 2) + 3] === 2) break;
    const cell = slot + row * plan.columns;
    growDictionary(block, dictionary, arena.i32[(block.ends >> 2) + cell] - arena.i32[(block.starts >> 2) + cell]);
  }
  const levels = arena.i32[(dictionary.at >> 2) + 3];
  const bytes = levels <= 256 ? 1 : levels <= 65536 ? 2 : 4;
  if (bytes < 4) x.narrowCodes(values, row, values, bytes);
  if (row === 0) return from;
  const last = parts.codes.at(-1);
  const part = append<Codes>(slabOf(block, parts), last, bytes === 1 ? Uint8Array : bytes === 2 ? Uint16Array : Int32Array, arena.u8.subarray(values, values + row * bytes));
  if (part.length > row) parts.codes.pop();
  parts.codes.push(part);
  return from + row;
}

function feedText(block: Block, parts: Parts, state: ColumnState, from: number): number {
  const { arena, x, plan, window, values, counts, bits, words, text } = block;
  const rows = block.cells.rows - from;
  const slot = from * plan.columns + state.place;
  const b = state.strings;
  if (parts.offsets.length === 0) parts.textBytes = b.starts[b.rows];
  const length = x.texts(window, block.starts + slot * 4, block.ends + slot * 4, block.quoted + slot, plan.columns, rows, text, values, parts.textBytes, bits, words, counts, block.escapes);
  parts.bytes.push(arena.u8.slice(text, text + length));
  parts.offsets.push(new Uint32Array(arena.u8.slice(values, values + rows * 4).buffer));
  parts.textBytes += length;
  return from + rows;
}

function joinCodes(block: Block, parts: Parts, b: StringBuilder): void {
  const { arena, x } = block;
  const { dictionary } = parts;
  if (!dictionary) return;
  const [, , entries, levels, , pool, used] = arena.i32.subarray(dictionary.at >> 2, (dictionary.at >> 2) + 7);
  const codes = new Int32Array(b.rows);
  let at = b.rows - parts.codes.reduce((n, part) => n + part.length, 0);
  codes.set(b.codes!.subarray(0, at));
  const counts = arena.take(levels * 4);
  const room = arena.take(PIECE * 8);
  arena.u8.fill(0, counts, counts + levels * 4);
  for (let row = 0; row < at; row++) arena.i32[(counts >> 2) + codes[row]]++;
  for (const part of parts.codes) {
    const size = part.BYTES_PER_ELEMENT;
    for (let from = 0; from < part.length; from += PIECE) {
      const count = Math.min(PIECE, part.length - from);
      arena.u8.set(new Uint8Array(part.buffer, part.byteOffset + from * size, count * size), room);
      x.widenCodes(room, count, size, room + PIECE * 4, counts);
      codes.set(arena.i32.subarray((room >> 2) + PIECE, (room >> 2) + PIECE + count), at);
      at += count;
    }
  }
  const found = arena.i32.slice(counts >> 2, (counts >> 2) + levels);
  if (levels) found[0] -= b.mask.count;
  arena.give(counts, levels * 4);
  arena.give(room, PIECE * 8);
  const starts = new Uint32Array(levels + 1);
  for (let level = 0; level < levels; level++) starts[level] = arena.i32[(entries >> 2) + level * 2];
  starts[levels] = used;
  adoptLevels(b, codes, arena.u8.slice(pool >>> 0, (pool >>> 0) + used), starts, found);
}

function joinText(parts: Parts, b: StringBuilder): void {
  let row = b.rows - parts.offsets.reduce((n, part) => n + part.length, 0);
  const starts = new Uint32Array(b.rows + 1);
  starts.set(b.starts.subarray(0, row + 1));
  const pool = new Uint8Array(parts.textBytes);
  pool.set(b.pool.subarray(0, starts[row]));
  parts.bytes.forEach((bytes, k) => {
    pool.set(bytes, starts[row]);
    starts.set(parts.offsets[k], row + 1);
    row += parts.offsets[k].length;
  });
  b.pool = pool;
  b.starts = starts;
}

/** With the builder's levels in it; see assembly/strings.ts for the layout. */
function openDictionary({ arena, x }: Block, b: StringBuilder): Dictionary {
  let slots = 64;
  while (slots < b.levels * 2) slots *= 2;
  const used = b.starts[b.levels];
  const dictionary = { at: arena.take(64), slots, capacity: slots / 2, pool: Math.max(1024, used * 2) };
  const addresses = [arena.take(slots * 32), arena.take(dictionary.capacity * 8), arena.take(dictionary.pool + 16)];
  arena.i32.set([addresses[0], slots - 1, addresses[1], b.levels, dictionary.capacity, addresses[2], used, dictionary.pool, LEVEL_LIMIT], dictionary.at >> 2);
  arena.u8.set(b.pool.subarray(0, used), addresses[2]);
  for (let level = 0; level < b.levels; level++) arena.i32.set([b.starts[level], b.starts[level + 1] - b.starts[level]], (addresses[1] >> 2) + level * 2);
  arena.u8.fill(0, addresses[0], addresses[0] + slots * 32);
  x.relink(dictionary.at);
  return dictionary;
}

/** Twice the levels, or pool, or both, whichever is short. */
function growDictionary({ arena, x }: Block, dictionary: Dictionary, length: number): void {
  const field = dictionary.at >> 2;
  const levels = arena.i32[field + 3];
  const used = arena.i32[field + 6];
  if (used + length + 16 > dictionary.pool) {
    const larger = Math.max(dictionary.pool * 2, used + length + 1024);
    const to = arena.take(larger + 16);
    const old = arena.i32[field + 5];
    arena.u8.copyWithin(to, old, old + used);
    arena.give(old, dictionary.pool + 16);
    arena.i32[field + 5] = to;
    arena.i32[field + 7] = dictionary.pool = larger;
  }
  if (levels < dictionary.capacity) return;
  const entries = arena.take(dictionary.capacity * 16);
  const slots = arena.take(dictionary.slots * 64);
  const old = arena.i32[field + 2];
  arena.u8.copyWithin(entries, old, old + levels * 8);
  arena.give(old, dictionary.capacity * 8);
  arena.give(arena.i32[field], dictionary.slots * 32);
  dictionary.capacity *= 2;
  dictionary.slots *= 2;
  arena.u8.fill(0, slots, slots + dictionary.slots * 32);
  arena.i32.set([slots, dictionary.slots - 1, entries, levels, dictionary.capacity], field);
  x.relink(dictionary.at);
}

function dropDictionary({ arena }: Block, { dictionary }: Parts): void {
  if (!dictionary) return;
  const field = dictionary.at >> 2;
  arena.give(arena.i32[field], dictionary.slots * 32);
  arena.give(arena.i32[field + 2], dictionary.capacity * 8);
  arena.give(arena.i32[field + 5], dictionary.pool + 16);
  arena.give(dictionary.at, 64);
}
