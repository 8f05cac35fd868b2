// Cells -> codes of a dictionary that is made while scanning: twin of internLevel in core/io/build/string-builder.ts.
// dictionary: u32 slots (address), slot mask, entries (address), levels, level capacity, pool (address), pool used, pool capacity, most levels.
// A slot is u64: hash << 32 | level + 1, or 0. An entry is 32 bytes: the first 16 bytes of the level padded with zeros, u32 start in
// the pool, u32 length. Levels stand in order of first appearance.
import { unescaped, copy } from './texts';
import { bump, countWord, EMPTY, isWeak, markMissing, REASON, wordOf } from './words';

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
    const key = v128.and(v128.load(at), v128.load(masks + 16 - min(length, 16)));
    const hash = hashOf(key, at, length);
    const level = find(dictionary, key, at, length, hash);
    if (level < 0) {
      store<i32>(counts + REASON, -level);
      return row;
    }
    if (word >= 0) countWord(counts, word);
    store<i32>(codes, level);
  }
  return rows;
}

/** The level of some bytes, made when new; -1 when there is no room, -2 when there are too many. */
// @ts-ignore: decorator
@inline
function find(dictionary: usize, key: v128, at: usize, length: usize, hash: u32): i32 {
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  const entries = <usize>load<u32>(dictionary, 8);
  let slot = hash & mask;
  for (;;) {
    const found = load<u64>(slots + (<usize>slot << 3));
    if (found == 0) break;
    if (<u32>(found >> 32) == hash) {
      const level = <u32>found - 1;
      const entry = entries + (<usize>level << 5);
      if (<usize>load<u32>(entry, 20) == length && i8x16.all_true(i8x16.eq(v128.load(entry), key)) && (length <= 16 || isSame(<usize>load<u32>(dictionary, 20) + load<u32>(entry, 16), at, length))) return level;
    }
    slot = (slot + 1) & mask;
  }
  return add(dictionary, key, at, <u32>length, hash, slot);
}

function add(dictionary: usize, key: v128, at: usize, length: u32, hash: u32, slot: u32): i32 {
  const levels = load<u32>(dictionary, 12);
  if (levels >= load<u32>(dictionary, 32)) return -2;
  const used = load<u32>(dictionary, 24);
  if (levels >= load<u32>(dictionary, 16) || used + length + 16 > load<u32>(dictionary, 28)) return -1;
  store<u64>(<usize>load<u32>(dictionary) + (<usize>slot << 3), (<u64>hash << 32) | <u64>(levels + 1));
  const entry = <usize>load<u32>(dictionary, 8) + (<usize>levels << 5);
  v128.store(entry, key);
  store<u32>(entry, used, 16);
  store<u32>(entry, length, 20);
  copy(at, <usize>load<u32>(dictionary, 20) + used, length);
  store<u32>(dictionary, levels + 1, 12);
  store<u32>(dictionary, used + length, 24);
  return levels;
}

/** Fills the (cleared) slots, and the entries' first bytes, from the pool. */
export function relink(dictionary: usize): void {
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  const levels = load<u32>(dictionary, 12);
  const pool = <usize>load<u32>(dictionary, 20);
  let entry = <usize>load<u32>(dictionary, 8);
  for (let level: u32 = 0; level < levels; level++, entry += 32) {
    const at = pool + load<u32>(entry, 16);
    const length = <usize>load<u32>(entry, 20);
    const key = v128.and(v128.load(at), v128.load(masks + 16 - min(length, 16)));
    const hash = hashOf(key, at, length);
    v128.store(entry, key);
    let slot = hash & mask;
    while (load<u64>(slots + (<usize>slot << 3)) != 0) slot = (slot + 1) & mask;
    store<u64>(slots + (<usize>slot << 3), (<u64>hash << 32) | <u64>(level + 1));
  }
}

// @ts-ignore: decorator
@inline
function hashOf(key: v128, at: usize, length: usize): u32 {
  let h = mixed(mixed(<u64>length ^ i64x2.extract_lane(key, 0)) ^ i64x2.extract_lane(key, 1));
  if (length > 16) h = hashRest(h, at, length);
  return <u32>(h >> 32);
}

function hashRest(h: u64, at: usize, length: usize): u64 {
  for (let k: usize = 16; k + 8 < length; k += 8) h = mixed(h ^ load<u64>(at + k));
  return mixed(h ^ load<u64>(at + length - 8));
}

// @ts-ignore: decorator
@inline
function mixed(h: u64): u64 {
  h *= 0x9e3779b97f4a7c15;
  return h ^ (h >> 29);
}

function isSame(a: usize, b: usize, length: usize): bool {
  let k: usize = 16;
  for (; k + 16 <= length; k += 16) if (!i8x16.all_true(i8x16.eq(v128.load(a + k), v128.load(b + k)))) return false;
  return i8x16.all_true(i8x16.eq(v128.load(a + length - 16), v128.load(b + length - 16)));
}
