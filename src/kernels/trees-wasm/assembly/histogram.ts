// Histograms: the twin of reference histogram and subtract. Rows are taken a block at a time: their packed gradients are
// widened to i64 and their cell pointers kept in scratch, then features are summed eight (four, two, one) at a time, so that
// eight histograms stay in the first-level cache and each row's bytes are fetched once.

/** block: scratch of 2 * BLOCK doubles: BLOCK widened gradients, then BLOCK row pointers. hist: totalBins i64. */
export function histogram(bins: usize, features: i32, offsets: usize, rows: usize, count: i32, packed: usize, block: usize, hist: usize, totalBins: i32, blockRows: i32): void {
  memory.fill(hist, 0, (<usize>totalBins) << 3);
  const pointers = block + ((<usize>blockRows) << 3);
  for (let from = 0; from < count; from += blockRows) {
    const n = min(blockRows, count - from);
    const list = rows + ((<usize>from) << 2);
    for (let i: usize = 0; i < <usize>n; i++) {
      const row = load<u32>(list + (i << 2));
      const pair = load<i32>(packed + ((<usize>row) << 2));
      store<i64>(block + (i << 3), ((<i64>(pair >> 16)) << 32) | <i64>(pair & 0xffff));
      store<u32>(pointers + (i << 2), <u32>bins + row * features);
    }
    let f = 0;
    for (; f + 8 <= features; f += 8) sum8(pointers, block, n, f, offsets, hist);
    if (features - f >= 4) { sum4(pointers, block, n, f, offsets, hist); f += 4; }
    for (; f < features; f++) sum1(pointers, block, n, f, offsets, hist);
  }
}

function sum8(pointers: usize, gradients: usize, n: i32, feature: i32, offsets: usize, hist: usize): void {
  const h0 = slot(hist, offsets, feature), h1 = slot(hist, offsets, feature + 1), h2 = slot(hist, offsets, feature + 2), h3 = slot(hist, offsets, feature + 3);
  const h4 = slot(hist, offsets, feature + 4), h5 = slot(hist, offsets, feature + 5), h6 = slot(hist, offsets, feature + 6), h7 = slot(hist, offsets, feature + 7);
  const end = pointers + ((<usize>n) << 2);
  while (pointers < end) {
    const cells = load<u64>(<usize>load<u32>(pointers) + feature);
    const gradient = load<i64>(gradients);
    const low = <u32>cells;
    const high = <u32>(cells >> 32);
    add(h0 + ((low << 3) & 0x7f8), gradient);
    add(h1 + ((low >> 5) & 0x7f8), gradient);
    add(h2 + ((low >> 13) & 0x7f8), gradient);
    add(h3 + ((low >> 21) & 0x7f8), gradient);
    add(h4 + ((high << 3) & 0x7f8), gradient);
    add(h5 + ((high >> 5) & 0x7f8), gradient);
    add(h6 + ((high >> 13) & 0x7f8), gradient);
    add(h7 + ((high >> 21) & 0x7f8), gradient);
    pointers += 4;
    gradients += 8;
  }
}

function sum4(pointers: usize, gradients: usize, n: i32, feature: i32, offsets: usize, hist: usize): void {
  const h0 = slot(hist, offsets, feature), h1 = slot(hist, offsets, feature + 1), h2 = slot(hist, offsets, feature + 2), h3 = slot(hist, offsets, feature + 3);
  const end = pointers + ((<usize>n) << 2);
  while (pointers < end) {
    const low = load<u32>(<usize>load<u32>(pointers) + feature);
    const gradient = load<i64>(gradients);
    add(h0 + ((low << 3) & 0x7f8), gradient);
    add(h1 + ((low >> 5) & 0x7f8), gradient);
    add(h2 + ((low >> 13) & 0x7f8), gradient);
    add(h3 + ((low >> 21) & 0x7f8), gradient);
    pointers += 4;
    gradients += 8;
  }
}

function sum1(pointers: usize, gradients: usize, n: i32, feature: i32, offsets: usize, hist: usize): void {
  const h0 = slot(hist, offsets, feature);
  const end = pointers + ((<usize>n) << 2);
  while (pointers < end) {
    add(h0 + ((<usize>load<u8>(<usize>load<u32>(pointers) + feature)) << 3), load<i64>(gradients));
    pointers += 4;
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
