// Histograms: the twin of reference histogram and subtract. Rows are taken a block at a time: their gradients are widened to
// i64 and their cells copied side by side (in a loop of little else, so that many cache misses are in flight at once); then
// features are summed eight (four, two, one) at a time, so that eight histograms stay in the first-level cache.

/** Features copied at a time: a cache line. */
const CHUNK = 64;

/** rows: pairs (number, packed gradient); block: blockRows i64; cells: blockRows x 64 bytes; hist: totalBins i64. */
export function histogram(bins: usize, features: i32, offsets: usize, rows: usize, count: i32, block: usize, cells: usize, blockRows: i32, hist: usize, totalBins: i32): void {
  memory.fill(hist, 0, (<usize>totalBins) << 3);
  const first = load<u32>(rows);
  const isDense = features <= CHUNK && load<u32>(rows + ((<usize>(count - 1)) << 3)) - first + 1 == <u32>count;
  for (let start = 0; start < features; start += CHUNK) {
    const end = min(features, start + CHUNK);
    const width: usize = end - start <= 8 ? 8 : (end - start + 15) & ~15;
    for (let from = 0; from < count; from += blockRows) {
      const n = min(blockRows, count - from);
      const list = rows + ((<usize>from) << 3);
      widen(list, n, block);
      if (isDense) sumAll(bins + (<usize>first + from) * features, features, block, n, start, end, offsets, hist);
      else {
        copyCells(list, n, bins + start, features, cells, width);
        sumAll(cells, width, block, n, start, end, offsets, hist);
      }
    }
  }
}

function sumAll(cells: usize, stride: usize, block: usize, n: i32, start: i32, end: i32, offsets: usize, hist: usize): void {
  let f = start;
  for (; f + 8 <= end; f += 8) sum8(cells + (f - start), stride, block, n, f, offsets, hist);
  if (end - f >= 4) { sum4(cells + (f - start), stride, block, n, f, offsets, hist); f += 4; }
  if (end - f >= 2) { sum2(cells + (f - start), stride, block, n, f, offsets, hist); f += 2; }
  if (f < end) sum1(cells + (f - start), stride, block, n, f, offsets, hist);
}

function widen(rows: usize, n: i32, block: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const pair = load<i32>(rows + (i << 3), 4);
    store<i64>(block + (i << 3), ((<i64>(pair >> 16)) << 32) | <i64>(pair & 0xffff));
  }
}

/** Reads up to 15 bytes past a row: bins are padded by 16. */
function copyCells(rows: usize, n: i32, bins: usize, features: i32, cells: usize, stride: usize): void {
  const end = rows + ((<usize>n) << 3);
  if (stride == 8) {
    for (; rows < end; rows += 8, cells += 8) store<u64>(cells, load<u64>(bins + load<u32>(rows) * features));
  } else if (stride == 16) {
    for (; rows < end; rows += 8, cells += 16) v128.store(cells, v128.load(bins + load<u32>(rows) * features));
  } else if (stride == 32) {
    for (; rows < end; rows += 8, cells += 32) {
      const from = bins + load<u32>(rows) * features;
      v128.store(cells, v128.load(from));
      v128.store(cells, v128.load(from, 16), 16);
    }
  } else {
    for (; rows < end; rows += 8, cells += stride) {
      const from = bins + load<u32>(rows) * features;
      for (let i: usize = 0; i < stride; i += 16) v128.store(cells + i, v128.load(from + i));
    }
  }
}

function sum8(cells: usize, stride: usize, gradients: usize, n: i32, feature: i32, offsets: usize, hist: usize): void {
  const h0 = slot(hist, offsets, feature), h1 = slot(hist, offsets, feature + 1), h2 = slot(hist, offsets, feature + 2), h3 = slot(hist, offsets, feature + 3);
  const h4 = slot(hist, offsets, feature + 4), h5 = slot(hist, offsets, feature + 5), h6 = slot(hist, offsets, feature + 6), h7 = slot(hist, offsets, feature + 7);
  const end = gradients + ((<usize>n) << 3);
  while (gradients < end) {
    const low = load<u32>(cells);
    const high = load<u32>(cells, 4);
    const gradient = load<i64>(gradients);
    add(h0 + ((low << 3) & 0x7f8), gradient);
    add(h1 + ((low >> 5) & 0x7f8), gradient);
    add(h2 + ((low >> 13) & 0x7f8), gradient);
    add(h3 + ((low >> 21) & 0x7f8), gradient);
    add(h4 + ((high << 3) & 0x7f8), gradient);
    add(h5 + ((high >> 5) & 0x7f8), gradient);
    add(h6 + ((high >> 13) & 0x7f8), gradient);
    add(h7 + ((high >> 21) & 0x7f8), gradient);
    cells += stride;
    gradients += 8;
  }
}

function sum4(cells: usize, stride: usize, gradients: usize, n: i32, feature: i32, offsets: usize, hist: usize): void {
  const h0 = slot(hist, offsets, feature), h1 = slot(hist, offsets, feature + 1), h2 = slot(hist, offsets, feature + 2), h3 = slot(hist, offsets, feature + 3);
  const end = gradients + ((<usize>n) << 3);
  while (gradients < end) {
    const low = load<u32>(cells);
    const gradient = load<i64>(gradients);
    add(h0 + ((low << 3) & 0x7f8), gradient);
    add(h1 + ((low >> 5) & 0x7f8), gradient);
    add(h2 + ((low >> 13) & 0x7f8), gradient);
    add(h3 + ((low >> 21) & 0x7f8), gradient);
    cells += stride;
    gradients += 8;
  }
}

function sum2(cells: usize, stride: usize, gradients: usize, n: i32, feature: i32, offsets: usize, hist: usize): void {
  const h0 = slot(hist, offsets, feature), h1 = slot(hist, offsets, feature + 1);
  const end = gradients + ((<usize>n) << 3);
  while (gradients < end) {
    const gradient = load<i64>(gradients);
    add(h0 + ((<usize>load<u8>(cells)) << 3), gradient);
    add(h1 + ((<usize>load<u8>(cells, 1)) << 3), gradient);
    cells += stride;
    gradients += 8;
  }
}

function sum1(cells: usize, stride: usize, gradients: usize, n: i32, feature: i32, offsets: usize, hist: usize): void {
  const h0 = slot(hist, offsets, feature);
  const end = gradients + ((<usize>n) << 3);
  while (gradients < end) {
    add(h0 + ((<usize>load<u8>(cells)) << 3), load<i64>(gradients));
    cells += stride;
    gradients += 8;
  }
}

// @ts-ignore: decorator
@inline
function slot(hist: usize, offsets: usize, feature: i32): usize {
  return hist + ((<usize>load<i32>(offsets + ((<usize>feature) << 2))) << 3);
}

// @ts-ignore: decorator
@inline
function add(at: usize, gradient: i64): void {
  store<i64>(at, load<i64>(at) + gradient);
}

/** Both lanes of each bin: no borrow crosses, since a child's hessian sum never exceeds its parent's. */
export function subtract(parent: usize, child: usize, totalBins: i32): void {
  let i: usize = 0;
  const end = (<usize>totalBins) << 3;
  for (; i + 16 <= end; i += 16) v128.store(parent + i, i64x2.sub(v128.load(parent + i), v128.load(child + i)));
  for (; i < end; i += 8) store<i64>(parent + i, load<i64>(parent + i) - load<i64>(child + i));
}
