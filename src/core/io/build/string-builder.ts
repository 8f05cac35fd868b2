// Strings pushed as UTF-8 bytes -> a category or a text column, without a JS string for a cell.
// A dictionary is kept while scanning (open addressing over a byte hash); past LEVEL_LIMIT levels it is given up and
// bytes + offsets go on alone. At the end: text when there are more than 200 levels and more than half of the present cells
// differ (the rule of MLJAR), or the dictionary was given up; else category. Levels stand in order of first appearance.
import { countUtf8 } from '../text/encoding.ts';
import { makeCategory, makeText } from '../../table/build.ts';
import type { CategoryColumn, TextColumn } from '../../table/table.ts';
import { finishMask, grown, makeMask, markRange, type GrowingMask } from './growing.ts';

export const LEVEL_LIMIT = 100_000;
const TEXT_LEVELS = 200;

export interface StringBuilder {
  rows: number;
  readonly mask: GrowingMask;
  /** Code of each row; in text mode null, and offsets are filled instead. */
  codes: Int32Array | null;
  levels: number;
  /** Level k is pool[levelStarts[k] .. levelStarts[k + 1]); in text mode row k. */
  pool: Uint8Array;
  starts: Uint32Array;
  hashes: Int32Array;
  slots: Int32Array;
  /** Rows of each level, missing ones left out, as long as `rows` is still the number that were counted; see countLevels. */
  counted: { rows: number; counts: Int32Array } | null;
}

/** A builder whose first `missingRows` rows are missing. */
export function makeStringBuilder(missingRows = 0): StringBuilder {
  const builder: StringBuilder = { rows: 0, mask: makeMask(), codes: new Int32Array(16), levels: 0, pool: new Uint8Array(64), starts: new Uint32Array(16), hashes: new Int32Array(16), slots: new Int32Array(32), counted: null };
  if (missingRows) pushMissingStrings(builder, missingRows);
  return builder;
}

/** Adds one row of bytes [start, end). */
export function pushString(b: StringBuilder, bytes: Uint8Array, start: number, end: number): void {
  if (b.codes === null) {
    appendText(b, bytes, start, end);
    return;
  }
  const code = internLevel(b, bytes, start, end);
  if (code < 0) {
    spill(b);
    appendText(b, bytes, start, end);
  } else pushCode(b, code);
}

/** The code of a level, made when new; -1 when the dictionary is full. Only while `codes` is not null. */
export function internLevel(b: StringBuilder, bytes: Uint8Array, start: number, end: number): number {
  const h = hashBytes(bytes, start, end);
  const mask = b.slots.length - 1;
  let slot = h & mask;
  for (;;) {
    const level = b.slots[slot] - 1;
    if (level < 0) break;
    if (b.hashes[level] === h) {
      const from = b.starts[level];
      if (b.starts[level + 1] - from === end - start) {
        const pool = b.pool;
        let k = start;
        let p = from;
        while (k < end && pool[p] === bytes[k]) {
          k++;
          p++;
        }
        if (k === end) return level;
      }
    }
    slot = (slot + 1) & mask;
  }
  if (b.levels >= LEVEL_LIMIT) return -1;
  return addLevel(b, bytes, start, end, h, slot);
}

function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5 ^ (end - start);
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i], 0x01000193);
  return h ^ (h >>> 15);
}

/** Adds one row by its code. Only while `codes` is not null. */
export function pushCode(b: StringBuilder, code: number): void {
  let codes = b.codes!;
  if (b.rows === codes.length) codes = b.codes = grown(codes, b.rows + 1);
  codes[b.rows++] = code;
}

/** Adds `count` missing rows. */
export function pushMissingStrings(b: StringBuilder, count = 1): void {
  markRange(b.mask, b.rows, b.rows + count);
  if (b.codes) {
    if (b.rows + count > b.codes.length) b.codes = grown(b.codes, b.rows + count);
    b.rows += count;
    return;
  }
  if (b.rows + count + 1 > b.starts.length) b.starts = grown(b.starts, b.rows + count + 1);
  for (let i = 0; i < count; i++, b.rows++) b.starts[b.rows + 1] = b.starts[b.rows];
}

/** The column: category or text by the rule of the header, or as `kind` says where that can be. */
export function finishStrings(b: StringBuilder, name: string, kind: 'auto' | 'category' | 'text' = 'auto'): CategoryColumn | TextColumn {
  const present = b.rows - b.mask.count;
  const isText = b.codes === null || kind === 'text' || (kind === 'auto' && b.levels > TEXT_LEVELS && b.levels * 2 > present);
  if (isText) {
    if (b.codes) spill(b);
    return makeText(name, cut(b.pool, b.starts[b.rows]), cut(b.starts, b.rows + 1), finishMask(b.mask, b.rows));
  }
  const codes = cut(b.codes!, b.rows);
  const levels = levelTexts(b);
  const distinct = new Map(levels.map((level, code) => [level, code]));
  if (distinct.size < levels.length) return mergeLevels(b, name, codes, levels);
  return makeCategory(name, codes, levels, finishMask(b.mask, b.rows));
}

/** The array itself when it has just that length, else a copy: what is finished is not pushed to again. */
const cut = <T extends Uint8Array | Int32Array | Uint32Array>(array: T, length: number): T => (array.length === length ? array : (array.slice(0, length) as T));

/** Puts in place a dictionary that was made elsewhere, the code of every row, and the rows of each level; `starts` has one entry more than levels. */
export function adoptLevels(b: StringBuilder, codes: Int32Array, pool: Uint8Array, starts: Uint32Array, counts: Int32Array): void {
  b.counted = { rows: b.rows, counts };
  b.codes = codes;
  b.pool = pool;
  b.starts = starts;
  b.levels = starts.length - 1;
  b.hashes = new Int32Array(Math.max(16, b.levels));
  for (let level = 0; level < b.levels; level++) b.hashes[level] = hashBytes(pool, starts[level], starts[level + 1]);
  b.slots = new Int32Array(8);
  while (b.slots.length < b.levels * 2) b.slots = new Int32Array(b.slots.length * 4);
  rehash(b);
}

/** How many rows hold each level, missing ones left out. Only while `codes` is not null. */
export function countLevels(b: StringBuilder): Int32Array {
  if (b.counted?.rows === b.rows) return b.counted.counts;
  const counts = new Int32Array(b.levels);
  const { rows } = b;
  const codes = b.codes!;
  for (let row = 0; row < rows; row++) counts[codes[row]]++;
  if (b.mask.count) counts[0] -= b.mask.count;
  return counts;
}

/** The levels as strings. */
export function levelTexts(b: StringBuilder): string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const out: string[] = [];
  for (let k = 0; k < b.levels; k++) out.push(decoder.decode(b.pool.subarray(b.starts[k], b.starts[k + 1])));
  return out;
}

/** True when the bytes are well-formed UTF-8. */
export const isUtf8 = (bytes: Uint8Array): boolean => countUtf8(bytes, bytes.length).bad === 0;

function mergeLevels(b: StringBuilder, name: string, codes: Int32Array, levels: readonly string[]): CategoryColumn {
  const index = new Map<string, number>();
  const merged = levels.map((level) => {
    if (!index.has(level)) index.set(level, index.size);
    return index.get(level)!;
  });
  for (let i = 0; i < codes.length; i++) codes[i] = merged[codes[i]];
  return makeCategory(name, codes, [...index.keys()], finishMask(b.mask, b.rows));
}

function addLevel(b: StringBuilder, bytes: Uint8Array, start: number, end: number, h: number, slot: number): number {
  const level = b.levels++;
  if (level + 2 > b.starts.length) {
    b.starts = grown(b.starts, level + 2);
    b.hashes = grown(b.hashes, level + 2);
  }
  const from = b.starts[level];
  const to = from + end - start;
  if (to > b.pool.length) b.pool = grown(b.pool, to);
  for (let i = start, p = from; i < end; i++, p++) b.pool[p] = bytes[i];
  b.starts[level + 1] = to;
  b.hashes[level] = h;
  b.slots[slot] = level + 1;
  if (b.levels * 2 > b.slots.length) rehash(b);
  return level;
}

function rehash(b: StringBuilder): void {
  const slots = new Int32Array(b.slots.length * 4);
  const mask = slots.length - 1;
  for (let level = 0; level < b.levels; level++) {
    let slot = b.hashes[level] & mask;
    while (slots[slot]) slot = (slot + 1) & mask;
    slots[slot] = level + 1;
  }
  b.slots = slots;
}

/** From codes to text: every row's bytes, one after the other. */
function spill(b: StringBuilder): void {
  const codes = b.codes!;
  const offsets = new Uint32Array(b.rows + 1);
  for (let i = 0; i < b.rows; i++) {
    const isMissing = i >> 3 < b.mask.bits.length && (b.mask.bits[i >> 3] & (1 << (i & 7))) !== 0;
    offsets[i + 1] = offsets[i] + (isMissing ? 0 : b.starts[codes[i] + 1] - b.starts[codes[i]]);
  }
  const bytes = new Uint8Array(offsets[b.rows]);
  for (let i = 0; i < b.rows; i++) {
    const length = offsets[i + 1] - offsets[i];
    if (length) bytes.set(b.pool.subarray(b.starts[codes[i]], b.starts[codes[i]] + length), offsets[i]);
  }
  b.codes = null;
  b.pool = bytes;
  b.starts = offsets;
  b.slots = new Int32Array(0);
  b.hashes = new Int32Array(0);
}

function appendText(b: StringBuilder, bytes: Uint8Array, start: number, end: number): void {
  if (b.rows + 2 > b.starts.length) b.starts = grown(b.starts, b.rows + 2);
  const from = b.starts[b.rows];
  const to = from + end - start;
  if (to > b.pool.length) b.pool = grown(b.pool, to);
  for (let i = start, p = from; i < end; i++, p++) b.pool[p] = bytes[i];
  b.starts[++b.rows] = to;
}
