// Row lists, leaf sums and score updates: the twins of reference partition, leafSums, addLeaf and addTree.
// rows: two words a row (number, packed gradient), leaf after leaf, ascending within a leaf. gradients: f32 pairs.

/** Stable and without branches: each row is written to both sides, and one of the two ends moves on. */
export function partition(bins: usize, stride: i32, feature: i32, rows: usize, spare: usize, count: i32, bin: u32, missingLeft: u32, cells: usize, blockRows: i32): i32 {
  const lowest: u32 = 1 - missingLeft;
  const span = bin - lowest;
  const cell = bins + feature;
  let left = rows;
  let right = spare;
  for (let from = 0; from < count; from += blockRows) {
    const first = rows + ((<usize>from) << 3);
    const n = <usize>min(blockRows, count - from);
    for (let i: usize = 0; i < n; i++) store<u8>(cells + i, load<u8>(cell + load<u32>(first + (i << 3)) * stride));
    for (let i: usize = 0; i < n; i++) {
      const entry = load<u64>(first + (i << 3));
      const goesLeft = <usize>(<u32>load<u8>(cells + i) - lowest <= span);
      store<u64>(left, entry);
      store<u64>(right, entry);
      left += goesLeft << 3;
      right += (1 - goesLeft) << 3;
    }
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - rows) >> 3);
}

/** out: two doubles, gradient and hessian; gradients point at the output's first row. */
export function leafSums(gradients: usize, rows: usize, count: i32, sumBlock: i32, out: usize): void {
  let total = f64x2.splat(0);
  for (let from = 0; from < count; from += sumBlock) {
    let sum = f64x2.splat(0);
    const end = min(count, from + sumBlock);
    for (let i = from; i < end; i++) {
      const row = <usize>load<u32>(rows + ((<usize>i) << 3));
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.load64_zero(gradients + (row << 3))));
    }
    total = f64x2.add(total, sum);
  }
  v128.store(out, total);
}

/** scores points at the output's first row. */
export function addLeaf(scores: usize, rows: usize, count: i32, value: f64): void {
  for (let i = 0; i < count; i++) {
    const at = scores + ((<usize>load<u32>(rows + ((<usize>i) << 3))) << 3);
    store<f64>(at, load<f64>(at) + value);
  }
}

/** nodes: 4 words each (feature, bin << 1 | missing goes left, left, right; a leaf is ~leaf). */
export function addTree(bins: usize, stride: i32, rows: i32, nodes: usize, leaves: usize, scores: usize): void {
  for (let row = 0; row < rows; row++) {
    let node: i32 = 0;
    do {
      const at = nodes + ((<usize>node) << 4);
      const rule = load<u32>(at, 4);
      const lowest: u32 = 1 - (rule & 1);
      const goesLeft = <u32>load<u8>(bins + load<u32>(at)) - lowest <= (rule >> 1) - lowest;
      node = load<i32>(at + (goesLeft ? 0 : 4), 8);
    } while (node >= 0);
    store<f64>(scores, load<f64>(scores) + load<f64>(leaves + ((<usize>~node) << 3)));
    scores += 8;
    bins += stride;
  }
}
