// Twin of core tokenize for rows as they should be: quotes only around whole cells, as many cells as there are columns.
// cursor: i32 position, end, is last, line, blank lines, trimmed, rows. It stops before the first row that is odd (returns 1), that
// the window cuts (2), or that it has no room for (0); the reference goes on from there.

import { plainRows } from './plain-rows';

const SPACE: u32 = 32;
const CR: u32 = 13;
const MAX_RECORD: usize = 1 << 20;

export function tokenize(cursor: usize, window: usize, starts: usize, ends: usize, quoted: usize, columns: i32, capacity: i32, delimiter: u32, quote: u32, newline: u32, isStrict: i32): i32 {
  const end = window + <usize>load<u32>(cursor, 4);
  const isLast = load<i32>(cursor, 8) != 0;
  let line = load<i32>(cursor, 12);
  let blank = load<i32>(cursor, 16);
  let trimmed = load<i32>(cursor, 20);
  let rows = load<i32>(cursor, 24);
  let pos = window + <usize>load<u32>(cursor);
  const delimiters = i8x16.splat(<i8>delimiter);
  const newlines = i8x16.splat(<i8>newline);
  const quotes = i8x16.splat(<i8>quote);
  let outcome = 0;
  let slot = <usize>(rows * columns);
  store<u8>(end, <u8>newline);
  let patience = 0;
  let wait = 8;
  while (rows < capacity && pos < end) {
    if (patience == 0 && pos + 256 < end) {
      const taken = plainRows(window, pos, end, starts + (slot << 2), ends + (slot << 2), columns, capacity - rows, delimiter, quote, newline);
      if (taken > 0) {
        const next = slot + <usize>(taken * columns);
        memory.fill(quoted + slot, 0, next - slot);
        const last = window + <usize>load<i32>(ends + ((next - 1) << 2));
        pos = last + 1 + usize(load<u8>(last) != newline);
        rows += taken;
        line += taken;
        slot = next;
        wait = 8;
        continue;
      }
      patience = wait;
      wait = min(wait * 2, 4096);
    } else patience = max(0, patience - 1);
    const rowStart = pos;
    let at = slot;
    let count = 0;
    let lines = 1;
    let trims = 0;
    let c: u32 = 0;
    let isOdd = false;
    for (;;) {
      c = load<u8>(pos);
      const before = pos;
      while (c == SPACE) c = load<u8>(++pos);
      let start = pos;
      let stop: usize = 0;
      let flag: u32 = 0;
      if (c == quote && quote != 0) {
        let p = pos + 1;
        flag = 1;
        for (;;) {
          for (;;) {
            const text = v128.load(p);
            const found = i8x16.bitmask(v128.or(i8x16.eq(text, quotes), i8x16.eq(text, newlines)));
            if (found) {
              p += ctz(found);
              break;
            }
            p += 16;
            if (p >= end) break;
          }
          if (p >= end) break;
          if (load<u8>(p) != quote) {
            lines++;
            p++;
            continue;
          }
          if (load<u8>(p, 1) == quote && p + 1 < end) {
            flag = 2;
            p += 2;
            continue;
          }
          break;
        }
        if (p >= end) {
          isOdd = isLast || p - rowStart > MAX_RECORD;
          pos = end;
          break;
        }
        let q = p + 1;
        while (load<u8>(q) == SPACE) q++;
        if (load<u8>(q) == CR && load<u8>(q, 1) == newline) q++;
        c = load<u8>(q);
        if ((c != delimiter && c != newline) || p - rowStart > MAX_RECORD) {
          isOdd = true;
          break;
        }
        start = pos + 1;
        stop = p;
        pos = q;
      } else {
        for (;;) {
          const text = v128.load(pos);
          const found = i8x16.bitmask(v128.or(i8x16.eq(text, delimiters), i8x16.eq(text, newlines)));
          if (found) {
            pos += ctz(found);
            break;
          }
          pos += 16;
        }
        c = load<u8>(pos);
        stop = pos;
        if (c == newline && stop > start && load<u8>(stop - 1) == CR) stop--;
        const untrimmed = stop;
        while (stop > start && load<u8>(stop - 1) == SPACE) stop--;
        trims += i32(start != before || stop != untrimmed);
      }
      if (count < columns) {
        store<i32>(starts + (at << 2), <i32>(start - window));
        store<i32>(ends + (at << 2), <i32>(stop - window));
        store<u8>(quoted + at, <u8>flag);
        at++;
      } else if (stop > start || flag != 0 || isStrict) {
        isOdd = true;
        break;
      }
      count++;
      if (c == newline) break;
      pos++;
    }
    if (isOdd) {
      pos = rowStart;
      outcome = 1;
      break;
    }
    if (pos >= end && !isLast) {
      pos = rowStart;
      outcome = 2;
      break;
    }
    if (count == 1 && load<i32>(starts + (slot << 2)) == load<i32>(ends + (slot << 2)) && load<u8>(quoted + slot) == 0) blank++;
    else if (count >= columns) {
      rows++;
      slot = at;
    } else {
      pos = rowStart;
      outcome = 1;
      break;
    }
    trimmed += trims;
    line += lines;
    pos++;
  }
  store<i32>(cursor, <i32>(min(pos, end) - window));
  store<i32>(cursor, line, 12);
  store<i32>(cursor, blank, 16);
  store<i32>(cursor, trimmed, 20);
  store<i32>(cursor, rows, 24);
  return outcome;
}
