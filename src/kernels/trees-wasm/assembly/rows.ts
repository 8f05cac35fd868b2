// Row lists, leaf sums and score updates: the twins of reference select, partition, leafSums, addLeaf and addTree.
// rows: i32 row numbers, leaf after leaf, ascending within a leaf.

export function selectAll(rows: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<i32>(rows + ((<usize>i) << 2), i);
}

/** Stable and without branches: each row is written to both sides, and one of the two ends moves on. */
export function partition(bins: usize, stride: i32, feature: i32, rows: usize, spare: usize, count: i32, bin: u32, missingLeft: u32): i32 {
  const lowest: u32 = 1 - missingLeft;
  const span = bin - lowest;
  const cell = bins + feature;
  let left = rows;
  let right = spare;
  for (let at = rows, end = rows + ((<usize>count) << 2); at < end; at += 4) {
    const row = load<u32>(at);
    const goesLeft = <usize>(<u32>load<u8>(cell + row * stride) - lowest <= span);
    store<u32>(left, row);
    store<u32>(right, row);
    left += goesLeft << 2;
    right += (1 - goesLeft) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - rows) >> 2);
}

/** out: two doubles, gradient and hessian; gradients and hessians point at the output's first row. */
export function leafSums(gradients: usize, hessians: usize, rows: usize, count: i32, sumBlock: i32, out: usize): void {
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  for (let from = 0; from < count; from += sumBlock) {
    let g: f64 = 0;
    let h: f64 = 0;
    const end = min(count, from + sumBlock);
    for (let i = from; i < end; i++) {
      const at = (<usize>load<u32>(rows + ((<usize>i) << 2))) << 2;
      g += <f64>load<f32>(gradients + at);
      h += <f64>load<f32>(hessians + at);
    }
    gradient += g;
    hessian += h;
  }
  store<f64>(out, gradient);
  store<f64>(out + 8, hessian);
}

/** scores points at the output's first row. */
export function addLeaf(scores: usize, rows: usize, count: i32, value: f64): void {
  for (let i = 0; i < count; i++) {
    const at = scores + ((<usize>load<u32>(rows + ((<usize>i) << 2))) << 3);
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
