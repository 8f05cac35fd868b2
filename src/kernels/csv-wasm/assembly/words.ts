// The words for "no value", and what a column's call counts: shared by all column kernels.
// words: u32 count, u32 longest, 8 bytes spare, 256 bytes "some word begins so", then per word u32 length, u32 weak, u32 address.
// counts: i32 odd cells, missing cells, empty cells, reason; from byte 64 on i32 per word.

export const ODD: usize = 0;
export const MISSING: usize = 4;
export const EMPTY: usize = 8;
export const REASON: usize = 12;
const WORDS: usize = 64;

/** Twin of core missingWord, for a cell that is not empty. */
// @ts-ignore: decorator
@inline
export function wordOf(words: usize, at: usize, end: usize): i32 {
  return (i32(load<u8>(words + load<u8>(at), 16) != 0) & i32(<u32>(end - at) <= load<u32>(words, 4))) == 0 ? -1 : findWord(words, at, end);
}

function findWord(words: usize, at: usize, end: usize): i32 {
  const length = <u32>(end - at);
  const count = load<i32>(words);
  let entry = words + 272;
  for (let w = 0; w < count; w++, entry += 12) {
    if (load<u32>(entry) != length) continue;
    const word = <usize>load<u32>(entry, 8);
    let k: usize = 0;
    while (k < length && load<u8>(word + k) == load<u8>(at + k)) k++;
    if (k == length) return w;
  }
  return -1;
}

// @ts-ignore: decorator
@inline
export function isWeak(words: usize, word: i32): bool {
  return load<u32>(words + 272 + <usize>word * 12, 4) != 0;
}

// @ts-ignore: decorator
@inline
export function countWord(counts: usize, word: i32): void {
  const at = counts + WORDS + (<usize>word << 2);
  store<i32>(at, load<i32>(at) + 1);
}

// @ts-ignore: decorator
@inline
export function bump(counts: usize, field: usize): void {
  store<i32>(counts + field, load<i32>(counts + field) + 1);
}

// @ts-ignore: decorator
@inline
export function markMissing(counts: usize, bits: usize, row: i32): void {
  const at = bits + (<usize>row >> 3);
  store<u8>(at, load<u8>(at) | <u8>(<u32>1 << (<u32>row & 7)));
  bump(counts, MISSING);
}

/** How many cells from the first on are empty. */
export function emptyAhead(starts: usize, ends: usize, stride: usize, rows: i32): i32 {
  let row = 0;
  while (row < rows && load<i32>(starts) == load<i32>(ends)) {
    starts += stride;
    ends += stride;
    row++;
  }
  return row;
}
