// Cells -> codes of a dictionary that is made while scanning: twin of internLevel in core/io/build/string-builder.ts.
// dictionary: u32 slots (address), slot mask, entries (address), levels, level capacity, pool (address), pool used, pool capacity, most levels.
// A slot is u64 key, u32 length, u32 level + 1 (0 = free); the key is a level's bytes when they are at most 8, else a hash of them.
// An entry is u32 start in the pool, u32 length. Levels stand in order of first appearance.
import { unescaped, copy } from './texts';
import { bump, countWord, EMPTY, isWeak, markMissing, REASON, wordOf } from './words';

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
    const level = length <= 8 ? findShort(dictionary, at, length) : findLong(dictionary, at, length);
    if (level < 0) {
      store<i32>(counts + REASON, -level);
      return row;
    }
    if (word >= 0) countWord(counts, word);
    store<i32>(codes, level);
  }
  return rows;
}

/** The level of at most 8 bytes, made when new; -1 when there is no room, -2 when there are too many. */
// @ts-ignore: decorator
@inline
function findShort(dictionary: usize, at: usize, length: usize): i32 {
  const key = shortKey(at, length);
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  let slot = placeOf(key) & mask;
  while (true) {
    const entry = slots + (<usize>slot << 4);
    const found = load<u64>(entry, 8);
    if (load<u64>(entry) == key && <usize><u32>found == length) return <i32>(found >> 32) - 1;
    if (found == 0) return add(dictionary, key, at, <u32>length, entry);
    slot = (slot + 1) & mask;
  }
}

/** As findShort, for more than 8 bytes; the key is a hash. */
function findLong(dictionary: usize, at: usize, length: usize): i32 {
  const key = longKey(at, length);
  const slots = <usize>load<u32>(dictionary);
  const mask = load<u32>(dictionary, 4);
  let slot = placeOf(key) & mask;
  while (true) {
    const entry = slots + (<usize>slot << 4);
    const found = load<u64>(entry, 8);
    if (load<u64>(entry) == key && <usize><u32>found == length) {
      const level = <i32>(found >> 32) - 1;
      const start = load<u32>(<usize>load<u32>(dictionary, 8) + (<usize>level << 3));
      if (isSame(<usize>load<u32>(dictionary, 20) + start, at, length)) return level;
    }
    if (found == 0) return add(dictionary, key, at, <u32>length, entry);
    slot = (slot + 1) & mask;
  }
}

function add(dictionary: usize, key: u64, at: usize, length: u32, slot: usize): i32 {
  const levels = load<u32>(dictionary, 12);
  if (levels >= load<u32>(dictionary, 32)) return -2;
  const used = load<u32>(dictionary, 24);
  if (levels >= load<u32>(dictionary, 16) || used + length + 16 > load<u32>(dictionary, 28)) return -1;
  store<u64>(slot, key);
  store<u64>(slot, (<u64>(levels + 1) << 32) | <u64>length, 8);
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
    const key = length <= 8 ? shortKey(at, length) : longKey(at, length);
    let slot = placeOf(key) & mask;
    while (load<u64>(slots + (<usize>slot << 4), 8) != 0) slot = (slot + 1) & mask;
    store<u64>(slots + (<usize>slot << 4), key);
    store<u64>(slots + (<usize>slot << 4), (<u64>(level + 1) << 32) | <u64>length, 8);
  }
}

/** A level of a dictionary is never empty: an empty cell is missing. */
// @ts-ignore: decorator
@inline
function shortKey(at: usize, length: usize): u64 {
  return load<u64>(at) & (<u64>-1 >> (64 - (<u64>length << 3)));
}

function longKey(at: usize, length: usize): u64 {
  let h: u64 = length;
  for (let k: usize = 0; k + 8 < length; k += 8) h = mixed(h ^ load<u64>(at + k));
  return mixed(h ^ load<u64>(at + length - 8));
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

/** Of two runs of more than 8 bytes. */
// @ts-ignore: decorator
@inline
function isSame(a: usize, b: usize, length: usize): bool {
  for (let k: usize = 0; k + 8 < length; k += 8) if (load<u64>(a + k) != load<u64>(b + k)) return false;
  return load<u64>(a + length - 8) == load<u64>(b + length - 8);
}
