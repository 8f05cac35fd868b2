// Cells -> codes of a dictionary that is made while scanning: twin of internLevel in core/io/build/string-builder.ts.
// dictionary: u32 slots (address), slot mask, entries (address), levels, level capacity, pool (address), pool used, pool capacity, most levels.
// A slot is 16 bytes of key, u32 length, u32 level + 1 (0 = free), 8 spare bytes; the key is a level's bytes when they are at most 16,
// else their first 8 and a hash of the others.
// An entry is u32 start in the pool, u32 length. Levels stand in order of first appearance.
import { unescaped, copy } from './texts';
import { bump, countWord, EMPTY, isWeak, markMissing, REASON, wordOf } from './words';

/** 16 bytes of ones, then of zeros: loading at 16 - n masks the first n lanes in. */
const masks = memory.data<u8>([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 16);

/**
 * Returns the row it stopped at: `rows` when done; else the reason is 1 (no room for one more level) or 2 (too many levels).
 * codes (i32), bits and rows count from the block's first row; `from` is where to go on.
 */
export function strings(dictionary: usize, window: usize, starts: usize, ends: usize, quoted: usize, columns: usize, from: i32, rows: i32, codes: usize, bits: usize, scratch: usize, words: usize, counts: usize, escapes: u32): i32 {
  const stride = columns << 2;
  starts += <usize>from * stride;
  ends += <usize>from * stride;
  quoted += <usize>from * columns;
  codes += <usize>from << 2;
  for (let row = from; row < rows; row++, starts += stride, ends += stride, quoted += columns, codes += 4) {
    let at = window + <usize>load<u32>(starts);
    let length = <usize>load<u32>(ends) + window - at;
    const flag = load<u8>(quoted);
    let word = -1;
    if (length == 0) {
      store<i32>(codes, 0);
      markMissing(counts, bits, row);
      bump(counts, EMPTY);
      continue;
    }
    if (flag == 0) {
      word = wordOf(words, at, at + length);
      if (word >= 0 && !isWeak(words, word)) {
        store<i32>(codes, 0);
        countWord(counts, word);
        markMissing(counts, bits, row);
        continue;
      }
    } else if (flag == 2) {
      length = unescaped(at, at + length, scratch, escapes);
      at = scratch;
    }
    const level = length <= 16 ? findShort(dictionary, at, length) : findLong(dictionary, at, length);
    if (level < 0) {
      store<i32>(counts + REASON, -level);
      return row;
    }
    if (word >= 0) countWord(counts, word);
    store<i32>(codes, level);
  }
  return rows;
}

/** The level of at most 16 bytes, made when new; -1 when there is no room, -2 when there are too many. */
// @ts-ignore: decorator
@inline
function findShort(dictionary: usize, at: usize, length: usize): i32 {
  const key = shortKey(at, length);
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  let slot = placeOf(hashOf(key)) & mask;
  while (true) {
    const entry = slots + (<usize>slot << 5);
    const found = load<u64>(entry, 16);
    if ((i32(i8x16.all_true(i8x16.eq(v128.load(entry), key))) & i32(<usize><u32>found == length)) != 0) return <i32>(found >> 32) - 1;
    if (found == 0) return add(dictionary, key, at, <u32>length, entry);
    slot = (slot + 1) & mask;
  }
}

/** As findShort, for more than 16 bytes; the key is the first 8 of them and a hash. */
function findLong(dictionary: usize, at: usize, length: usize): i32 {
  const key = longKey(at, length);
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  let slot = placeOf(hashOf(key)) & mask;
  while (true) {
    const entry = slots + (<usize>slot << 5);
    const found = load<u64>(entry, 16);
    if ((i32(i8x16.all_true(i8x16.eq(v128.load(entry), key))) & i32(<usize><u32>found == length)) != 0) {
      const level = <i32>(found >> 32) - 1;
      const start = load<u32>(<usize>load<u32>(dictionary, 8) + (<usize>level << 3));
      if (isSame(<usize>load<u32>(dictionary, 20) + start, at, length)) return level;
    }
    if (found == 0) return add(dictionary, key, at, <u32>length, entry);
    slot = (slot + 1) & mask;
  }
}

function add(dictionary: usize, key: v128, at: usize, length: u32, slot: usize): i32 {
  const levels = load<u32>(dictionary, 12);
  if (levels >= load<u32>(dictionary, 32)) return -2;
  const used = load<u32>(dictionary, 24);
  if (levels >= load<u32>(dictionary, 16) || used + length + 16 > load<u32>(dictionary, 28)) return -1;
  v128.store(slot, key);
  store<u64>(slot, (<u64>(levels + 1) << 32) | <u64>length, 16);
  const entry = <usize>load<u32>(dictionary, 8) + (<usize>levels << 3);
  store<u32>(entry, used);
  store<u32>(entry, length, 4);
  copy(at, <usize>load<u32>(dictionary, 20) + used, length);
  store<u32>(dictionary, levels + 1, 12);
  store<u32>(dictionary, used + length, 24);
  return levels;
}

/** Fills the (cleared) slots from the entries and the pool. */
export function relink(dictionary: usize): void {
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  const levels = load<u32>(dictionary, 12);
  const pool = <usize>load<u32>(dictionary, 20);
  let entry = <usize>load<u32>(dictionary, 8);
  for (let level: u32 = 0; level < levels; level++, entry += 8) {
    const at = pool + load<u32>(entry);
    const length = <usize>load<u32>(entry, 4);
    const key = length <= 16 ? shortKey(at, length) : longKey(at, length);
    let slot = placeOf(hashOf(key)) & mask;
    while (load<u64>(slots + (<usize>slot << 5), 16) != 0) slot = (slot + 1) & mask;
    v128.store(slots + (<usize>slot << 5), key);
    store<u64>(slots + (<usize>slot << 5), (<u64>(level + 1) << 32) | <u64>length, 16);
  }
}

/** Zeros behind the bytes. A level of a dictionary is never empty: an empty cell is missing. */
// @ts-ignore: decorator
@inline
function shortKey(at: usize, length: usize): v128 {
  return v128.and(v128.load(at), v128.load(masks + 16 - length));
}

function longKey(at: usize, length: usize): v128 {
  let h: u64 = length;
  for (let k: usize = 8; k + 8 < length; k += 8) h = mixed(h ^ load<u64>(at + k));
  return i64x2(load<u64>(at), mixed(h ^ load<u64>(at + length - 8)));
}

// @ts-ignore: decorator
@inline
function hashOf(key: v128): u64 {
  const high = i64x2.extract_lane(key, 1) * 0xc2b2ae3d27d4eb4f;
  return i64x2.extract_lane(key, 0) ^ high ^ (high >> 32);
}

// @ts-ignore: decorator
@inline
function placeOf(key: u64): u32 {
  return <u32>((key * 0x9e3779b97f4a7c15) >> 32);
}

// @ts-ignore: decorator
@inline
function mixed(h: u64): u64 {
  h *= 0x9e3779b97f4a7c15;
  return h ^ (h >> 29);
}

/** Of two runs of more than 16 bytes. */
// @ts-ignore: decorator
@inline
function isSame(a: usize, b: usize, length: usize): bool {
  for (let k: usize = 0; k + 16 < length; k += 16) if (!i8x16.all_true(i8x16.eq(v128.load(a + k), v128.load(b + k)))) return false;
  return i8x16.all_true(i8x16.eq(v128.load(a + length - 16), v128.load(b + length - 16)));
}
