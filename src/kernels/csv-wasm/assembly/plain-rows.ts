// Places of cells in rows without a quote or a blank at a cell's edge: 64 bytes at a time become a mask of delimiters and line
// ends, whose bits are the cells' ends; a cell starts behind the end before it. A batch whose line ends do not stand after every
// `columns` cells is not taken at all: 0, and the caller goes row by row.

const BATCH: usize = 4096;

/** Returns how many whole rows were taken from `pos` on into the slots from `slot` on; the next row starts behind the last end. */
export function plainRows(window: usize, pos: usize, end: usize, starts: usize, ends: usize, columns: i32, most: i32, delimiter: u32, quote: u32, newline: u32): i32 {
  const delimiters = i8x16.splat(<i8>delimiter);
  const newlines = i8x16.splat(<i8>newline);
  const quotes = i8x16.splat(<i8>(quote == 0 ? delimiter : quote));
  const blanks = i8x16.splat(32);
  const hasQuotes = quote != 0;
  const limit = ends + (min<usize>(BATCH, <usize>(most * columns)) << 2);
  let to = ends;
  let lines = 0;
  let before: u64 = 1;
  let at = pos;
  while (at + 64 <= end && to < limit) {
    const a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
    const na = i8x16.eq(a, newlines), nb = i8x16.eq(b, newlines), nc = i8x16.eq(c, newlines), nd = i8x16.eq(d, newlines);
    let mask = bits(v128.or(na, i8x16.eq(a, delimiters)), v128.or(nb, i8x16.eq(b, delimiters)), v128.or(nc, i8x16.eq(c, delimiters)), v128.or(nd, i8x16.eq(d, delimiters)));
    const qs = v128.or(v128.or(i8x16.eq(a, quotes), i8x16.eq(b, quotes)), v128.or(i8x16.eq(c, quotes), i8x16.eq(d, quotes)));
    if (hasQuotes && v128.any_true(qs)) break;
    const sa = i8x16.eq(a, blanks), sb = i8x16.eq(b, blanks), sc = i8x16.eq(c, blanks), sd = i8x16.eq(d, blanks);
    const gaps = v128.any_true(v128.or(v128.or(sa, sb), v128.or(sc, sd))) ? bits(sa, sb, sc, sd) : 0;
    if ((gaps & ((mask << 1) | before | (mask >> 1))) != 0 || (gaps >> 63 != 0 && isEdge(load<u8>(at, 64), delimiter, newline))) break;
    before = mask >> 63;
    const base = <i32>(at - window);
    const count = <usize>popcnt(mask);
    let next = to;
    do {
      store<i32>(next, base + <i32>ctz(mask));
      mask &= mask - 1;
      store<i32>(next, base + <i32>ctz(mask), 4);
      mask &= mask - 1;
      store<i32>(next, base + <i32>ctz(mask), 8);
      mask &= mask - 1;
      store<i32>(next, base + <i32>ctz(mask), 12);
      mask &= mask - 1;
      next += 16;
    } while (mask != 0);
    to += count << 2;
    at += 64;
  }
  const rows = <i32>min<usize>(<usize>most, ((to - ends) >> 2) / <usize>columns);
  if (rows == 0) return 0;
  const stop = ends + (<usize>(rows * columns) << 2);
  const last = window + <usize>load<i32>(stop - 4);
  lines = linesIn(pos, last + 1, newlines);
  if (lines != rows) return 0;
  store<i32>(starts, <i32>(pos - window));
  let from = starts + 4;
  for (let e = ends; e + 4 < stop; e += 16, from += 16) v128.store(from, i32x4.add(v128.load(e), i32x4.splat(1)));
  const stride = <usize>columns << 2;
  for (let e = ends + stride - 4; e < stop; e += stride) {
    const place = window + <usize>load<i32>(e);
    if (load<u8>(place) != newline) return 0;
    if (load<u8>(place - 1) == 13) {
      if (load<u8>(place - 2) == 32) return 0;
      store<i32>(e, load<i32>(e) - 1);
    }
    if (columns == 1 && load<i32>(e) == load<i32>(starts + (e - ends))) return 0;
  }
  return rows;
}

function linesIn(from: usize, to: usize, newlines: v128): i32 {
  let count = 0;
  for (; from + 16 <= to; from += 16) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(from), newlines)));
  const rest = <i32>(to - from);
  return rest == 0 ? count : count + popcnt(i8x16.bitmask(i8x16.eq(v128.load(from), newlines)) & ((1 << rest) - 1));
}

// @ts-ignore: decorator
@inline
function isEdge(c: u32, delimiter: u32, newline: u32): bool {
  return c == delimiter || c == newline;
}

// @ts-ignore: decorator
@inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16)) | (<u64>(<u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16)) << 32);
}
