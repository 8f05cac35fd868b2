// Cells -> their bytes one after the other and where each ends: the text loop of feedStrings in core/io/csv/column-state.ts.
// `escapes` is the byte that escapes (the quote itself, or a backslash), the quote << 8, and one more that may be escaped << 16.
import { bump, countWord, EMPTY, isWeak, markMissing, wordOf } from './words';

/** Returns how many bytes were written; offsets[row] (u32) is where row ends, counted from `base`. */
export function texts(window: usize, starts: usize, ends: usize, quoted: usize, columns: usize, rows: i32, bytes: usize, offsets: usize, base: u32, bits: usize, words: usize, counts: usize, escapes: u32): u32 {
  const stride = columns << 2;
  let to = bytes;
  for (let row = 0; row < rows; row++, starts += stride, ends += stride, quoted += columns, offsets += 4) {
    const at = window + <usize>load<u32>(starts);
    const end = window + <usize>load<u32>(ends);
    const flag = load<u8>(quoted);
    if (at == end) {
      markMissing(counts, bits, row);
      bump(counts, EMPTY);
    } else if (flag == 2) to += unescaped(at, end, to, escapes);
    else {
      const word = flag == 0 ? wordOf(words, at, end) : -1;
      if (word >= 0) countWord(counts, word);
      if (word < 0 || isWeak(words, word)) {
        copy(at, to, end - at);
        to += end - at;
      } else markMissing(counts, bits, row);
    }
    store<u32>(offsets, base + <u32>(to - bytes));
  }
  return <u32>(to - bytes);
}

/** Copies n bytes and up to 15 more behind them. */
// @ts-ignore: decorator
@inline
export function copy(from: usize, to: usize, n: usize): void {
  for (let k: usize = 0; k < n; k += 16) v128.store(to + k, v128.load(from + k));
}

/** Twin of core unescape; returns the length. */
export function unescaped(at: usize, end: usize, to: usize, escapes: u32): usize {
  const skip = escapes & 255;
  const quote = (escapes >> 8) & 255;
  const third = escapes >> 16;
  const first = to;
  for (; at < end; at++, to++) {
    const next = load<u8>(at, 1);
    if (load<u8>(at) == skip && at + 1 < end && (next == quote || next == skip || next == third)) at++;
    store<u8>(to, load<u8>(at));
  }
  return to - first;
}
