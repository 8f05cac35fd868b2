// Sums of a leaf by column and code. Each thread sums its own rows of the leaf in private histograms, 256 cells apart, so that
// eight columns need one base address; a cell is one i64: gradient << 32 | hessian. Rows are taken a block at a time: their
// gradients are widened, their cells copied side by side (unless they lie so), then summed eight columns at a time, so that
// eight histograms stay in the first-level cache. `gather` adds up the threads' cells into a slot and leaves them clear.
import { BLOCK, CELLS, COLUMNS, PRIVATE, QUANTA, SCRATCH, SCRATCH_BYTES, THREADS, fit, leafAt, listOf } from './fit';

/** Columns copied at a time: a cache line. */
const CHUNK: usize = 64;
/** Whether this thread's rows often repeated the row before them, when that was last tried: every eighth block of a large leaf. */
let repeats: bool = false;
/** Bytes of a column's private histogram. */
export const WIDE: usize = 2048;

// @ts-ignore: decorator
@inline
export function privateOf(thread: usize): usize {
  return fit(PRIVATE) + thread * fit(COLUMNS) * WIDE;
}

/** Rows of the leaf that thread `owner` owns, into the private histograms of `thread`. */
export function sumOwn(leaf: usize, owner: i32, thread: i32): void {
  const range = leafAt(leaf, owner);
  const count = load<u32>(range, 4);
  if (count == 0) return;
  const rows = listOf(owner) + (<usize>load<u32>(range) << 2);
  const columns = fit(COLUMNS);
  const bins = fit(CELLS);
  const block = fit(SCRATCH) + <usize>thread * fit(SCRATCH_BYTES);
  const cells = block + 8192;
  for (let start: usize = 0; start < columns; start += CHUNK) {
    const width = min(CHUNK, columns - start);
    const hist = privateOf(thread) + start * WIDE;
    for (let from: u32 = 0; from < count; from += BLOCK) {
      const n = min<u32>(BLOCK, count - from);
      const list = rows + (<usize>from << 2);
      const first = load<u32>(list);
      let source = bins + <usize>first * columns + start;
      let stride = columns;
      if (load<u32>(list + (<usize>(n - 1) << 2)) - first + 1 == n) widenNext(fit(QUANTA) + (<usize>first << 2), n, block);
      else {
        widenSome(list, n, fit(QUANTA), block);
        source = cells;
        stride = width <= 8 ? 8 : (width + 15) & ~15;
        copyCells(list, n, bins + start, columns, cells, stride);
      }
      if (width <= 8 || !(repeats || (from & (8 * BLOCK - 1)) == 7 * BLOCK)) sumAll(source, stride, block, n, width, hist);
      else {
        const apart = joinRuns(source, stride, block, n, width, cells);
        sumAll(cells, (width + 15) & ~15, block, apart, width, hist);
        repeats = 4 * apart < 3 * n;
      }
    }
  }
}

/** Rows whose cells are those of the row before them become one with it: cells to `to`, sums of gradients in place. How many are left. */
function joinRuns(cells: usize, stride: usize, block: usize, n: usize, width: usize, to: usize): usize {
  const wide = (width + 15) & ~15;
  const last = wide - 16;
  const inside = i8x16.lt_u(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>(width - last)));
  let at = to - wide;
  let sum = block - 8;
  for (let i: usize = 0; i < n; i++, cells += stride) {
    const gradient = load<i64>(block + (i << 3));
    if (i > 0) {
      let other = v128.and(v128.xor(v128.load(cells + last), v128.load(at + last)), inside);
      for (let j: usize = 0; j < last; j += 16) other = v128.or(other, v128.xor(v128.load(cells + j), v128.load(at + j)));
      if (!v128.any_true(other)) {
        store<i64>(sum, load<i64>(sum) + gradient);
        continue;
      }
    }
    at += wide;
    sum += 8;
    for (let j: usize = 0; j < wide; j += 16) v128.store(at + j, v128.load(cells + j));
    store<i64>(sum, gradient);
  }
  return (sum + 8 - block) >> 3;
}

/** Eight columns at a time, and what is left in one pass: cells that repeat row after row wait for their store, and so do passes. */
function sumAll(cells: usize, stride: usize, block: usize, n: usize, width: usize, hist: usize): void {
  const end = block + (n << 3);
  for (; width >= 8; width -= 8, cells += 8, hist += 8 * WIDE) sumSome(cells, stride, block, end, hist, 8);
  switch (<u32>width) {
    case 1: sumSome(cells, stride, block, end, hist, 1); break;
    case 2: sumSome(cells, stride, block, end, hist, 2); break;
    case 3: sumSome(cells, stride, block, end, hist, 3); break;
    case 4: sumSome(cells, stride, block, end, hist, 4); break;
    case 5: sumSome(cells, stride, block, end, hist, 5); break;
    case 6: sumSome(cells, stride, block, end, hist, 6); break;
    case 7: sumSome(cells, stride, block, end, hist, 7); break;
  }
}

/** The quanta of rows that follow each other, to gradient << 32 | hessian. One row more than n may be read and written. */
function widenNext(quanta: usize, n: usize, block: usize): void {
  const end = block + (n << 3);
  for (; block < end; quanta += 8, block += 16) v128.store(block, v128.load_ext<i16>(quanta));
}

/** The same for listed rows. */
function widenSome(rows: usize, n: usize, quanta: usize, block: usize): void {
  const end = block + (n << 3);
  for (; block + 16 <= end; rows += 8, block += 16) {
    const pair = v128.load_lane<u32>(quanta + (<usize>load<u32>(rows, 4) << 2), v128.load32_zero(quanta + (<usize>load<u32>(rows) << 2)), 1);
    v128.store(block, i32x4.extend_low_i16x8_s(pair));
  }
  if (block < end) v128.store64_lane(block, i32x4.extend_low_i16x8_s(v128.load32_zero(quanta + (<usize>load<u32>(rows) << 2))), 0);
}

/** Reads up to 15 bytes past a row: cells are padded by 64. */
function copyCells(rows: usize, n: usize, bins: usize, columns: usize, cells: usize, stride: usize): void {
  const end = rows + (n << 2);
  if (stride == 8) {
    for (; rows < end; rows += 4, cells += 8) store<u64>(cells, load<u64>(bins + load<u32>(rows) * columns));
  } else if (stride == 16) {
    for (; rows < end; rows += 4, cells += 16) v128.store(cells, v128.load(bins + load<u32>(rows) * columns));
  } else if (stride == 32) {
    for (; rows < end; rows += 4, cells += 32) {
      const from = bins + load<u32>(rows) * columns;
      v128.store(cells, v128.load(from));
      v128.store(cells, v128.load(from, 16), 16);
    }
  } else {
    for (; rows < end; rows += 4, cells += stride) {
      const from = bins + load<u32>(rows) * columns;
      for (let i: usize = 0; i < stride; i += 16) v128.store(cells + i, v128.load(from + i));
    }
  }
}

/** The cell of a code. */
// @ts-ignore: decorator
@inline
function cell(hist: usize, code: u32): usize {
  return hist + (<usize>code << 3);
}

/** `width` is a constant at every call, so each has a loop of its own. */
// @ts-ignore: decorator
@inline
function sumSome(cells: usize, stride: usize, gradients: usize, end: usize, hist: usize, width: u32): void {
  for (; gradients < end; gradients += 8, cells += stride) {
    const gradient = load<i64>(gradients);
    const c0 = cell(hist, load<u8>(cells));
    store<i64>(c0, load<i64>(c0) + gradient);
    if (width > 1) {
      const c1 = cell(hist, load<u8>(cells, 1));
      store<i64>(c1, load<i64>(c1, 2048) + gradient, 2048);
    }
    if (width > 2) {
      const c2 = cell(hist, load<u8>(cells, 2));
      store<i64>(c2, load<i64>(c2, 4096) + gradient, 4096);
    }
    if (width > 3) {
      const c3 = cell(hist, load<u8>(cells, 3));
      store<i64>(c3, load<i64>(c3, 6144) + gradient, 6144);
    }
    if (width > 4) {
      const c4 = cell(hist, load<u8>(cells, 4));
      store<i64>(c4, load<i64>(c4, 8192) + gradient, 8192);
    }
    if (width > 5) {
      const c5 = cell(hist, load<u8>(cells, 5));
      store<i64>(c5, load<i64>(c5, 10240) + gradient, 10240);
    }
    if (width > 6) {
      const c6 = cell(hist, load<u8>(cells, 6));
      store<i64>(c6, load<i64>(c6, 12288) + gradient, 12288);
    }
    if (width > 7) {
      const c7 = cell(hist, load<u8>(cells, 7));
      store<i64>(c7, load<i64>(c7, 14336) + gradient, 14336);
    }
  }
}

/** The first `summers` threads' cells of a column into its place in a slot; they are left clear. */
export function gather(column: usize, codes: usize, to: usize, summers: usize): void {
  const step = fit(COLUMNS) * WIDE;
  const first = privateOf(0) + column * WIDE;
  const end = to + (codes << 3);
  for (let at = first; to < end; at += 16, to += 16) {
    let sum = v128.load(at);
    v128.store(at, i64x2.splat(0));
    for (let t: usize = 1, other = at + step; t < summers; t++, other += step) {
      sum = i64x2.add(sum, v128.load(other));
      v128.store(other, i64x2.splat(0));
    }
    if (to + 8 == end) v128.store64_lane(to, sum, 0);
    else v128.store(to, sum);
  }
}

/** Both halves of each cell: no borrow crosses, since a child's hessian sum never exceeds its parent's. */
export function subtract(parent: usize, child: usize, codes: usize): void {
  const end = parent + (codes << 3);
  for (; parent + 16 <= end; parent += 16, child += 16) v128.store(parent, i64x2.sub(v128.load(parent), v128.load(child)));
  if (parent < end) store<i64>(parent, load<i64>(parent) - load<i64>(child));
}
