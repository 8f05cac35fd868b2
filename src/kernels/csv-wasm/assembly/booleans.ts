// true and false in any case of letters -> doubles 1 and 0: twin of booleanOf in core/io/csv/cell-kinds.ts.
import { bump, countWord, EMPTY, markMissing, ODD, wordOf } from './words';

export function booleans(window: usize, starts: usize, ends: usize, stride: usize, rows: i32, values: usize, bits: usize, odd: usize, words: usize, counts: usize): void {
  for (let row = 0; row < rows; row++, starts += stride, ends += stride, values += 8) {
    const at = window + <usize>load<u32>(starts);
    const end = window + <usize>load<u32>(ends);
    store<f64>(values, 0);
    if (at == end) {
      markMissing(counts, bits, row);
      bump(counts, EMPTY);
    } else if (end - at == 4 && (load<u32>(at) | 0x20202020) == 0x65757274) store<f64>(values, 1);
    else if (end - at == 5 && (load<u32>(at) | 0x20202020) == 0x736c6166 && (load<u8>(at, 4) | 32) == 101) continue;
    else {
      const word = wordOf(words, at, end);
      if (word >= 0) {
        countWord(counts, word);
        markMissing(counts, bits, row);
      } else {
        store<i32>(odd + (<usize>load<u32>(counts, ODD) << 2), row);
        bump(counts, ODD);
      }
    }
  }
}
