// Row lists, leaf sums and score updates: the twins of reference partition, sumLeaves, addLeaves and addTree.
// rows: two words a row (number, packed gradient), leaf after leaf, ascending within a leaf. gradients: f32 pairs.

/** `column` holds the feature's bins, `stride` bytes apart. Stable and without branches: each row is written to both sides, and one of the two ends moves on. */
export function partition(column: usize, stride: i32, rows: usize, spare: usize, count: i32, bin: u32, missingLeft: u32, cells: usize, blockRows: i32): i32 {
  const lowest: u32 = 1 - missingLeft;
  const span = bin - lowest;
  let left = rows;
  let right = spare;
  for (let from = 0; from < count; from += blockRows) {
    const first = rows + ((<usize>from) << 3);
    const n = <usize>min(blockRows, count - from);
    for (let i: usize = 0; i < n; i++) store<u8>(cells + i, load<u8>(column + load<u32>(first + (i << 3)) * stride));
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

/** leafOf (u16 a row) = leaf, for the rows of one leaf. */
export function markLeaf(leafOf: usize, rows: usize, count: i32, leaf: i32): void {
  const end = rows + ((<usize>count) << 3);
  for (; rows < end; rows += 8) store<u16>(leafOf + ((<usize>load<u32>(rows)) << 1), <u16>leaf);
}

/**
 * All leaves in one pass over the rows in order; within a leaf rows ascend, so each sum is added up as the reference does.
 * sums: a pair of doubles for each of `leaves` leaves; spare: for each its open block (a pair) and the rows in it (8 bytes).
 */
export function sumLeaves(gradients: usize, leafOf: usize, count: i32, leaves: i32, sumBlock: i64, sums: usize, spare: usize): void {
  memory.fill(sums, 0, (<usize>leaves) << 4);
  memory.fill(spare, 0, (<usize>leaves) * 24);
  const end = gradients + ((<usize>count) << 3);
  for (; gradients < end; gradients += 8, leafOf += 2) {
    const leaf = <usize>load<u16>(leafOf);
    const open = spare + leaf * 24;
    const sum = f64x2.add(v128.load(open), f64x2.promote_low_f32x4(v128.load64_zero(gradients)));
    const held = load<i64>(open, 16) + 1;
    if (held < sumBlock) {
      v128.store(open, sum);
      store<i64>(open, held, 16);
    } else {
      v128.store(sums + (leaf << 4), f64x2.add(v128.load(sums + (leaf << 4)), sum));
      v128.store(open, f64x2.splat(0));
      store<i64>(open, 0, 16);
    }
  }
  for (let leaf: usize = 0; leaf < <usize>leaves; leaf++) {
    const open = spare + leaf * 24;
    if (load<i64>(open, 16) > 0) v128.store(sums + (leaf << 4), f64x2.add(v128.load(sums + (leaf << 4)), v128.load(open)));
  }
}

/** scores points at the output's first row; values: a double for each leaf. */
export function addLeaves(scores: usize, leafOf: usize, count: i32, values: usize): void {
  const end = scores + ((<usize>count) << 3);
  for (; scores < end; scores += 8, leafOf += 2) store<f64>(scores, load<f64>(scores) + load<f64>(values + ((<usize>load<u16>(leafOf)) << 3)));
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
