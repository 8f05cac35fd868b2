// Row lists, leaf sums and score updates, each thread its own rows: the twins of reference partition, sumLeaves, addLeaves
// and addTree. A split arrives as 256 bits: the codes of its column that go left.
import { BLOCK, CELLS, COLUMNS, FEATURES, GRADIENTS, LEAVES, LEAF_OF, LEAF_SUMS, LIST, NODES, OWN_ROWS, ROWS, SCORES, SCRATCH, SCRATCH_BYTES, SHUFFLES, SPARE, TABLE, THREADS, VALID_BINS, VALID_ROWS, VALID_SCORES, VALUES, WHOLE, fit, leafAt, listOf, number, word } from './fit';

/** Where 8 words of bits begin in the arguments. */
const SET: usize = 8;

/** TABLE: four times a byte for each code: of those that go left 1, then 2, 4, 8: the masks of four rows that follow each other. */
export function spreadSet(): void {
  const table = fit(TABLE);
  for (let code: usize = 0; code < 256; code++) {
    const isLeft = (word(SET + (code >> 5)) >> (<u32>code & 31)) & 1;
    store<u8>(table + code, <u8>isLeft);
    store<u8>(table + code, <u8>(isLeft << 1), 256);
    store<u8>(table + code, <u8>(isLeft << 2), 512);
    store<u8>(table + code, <u8>(isLeft << 3), 768);
  }
}

/**
 * Words: leaf, the new leaf right, column. Rows that go left stay in the buffer (LIST or SPARE; those of WHOLE go to LIST), in order;
 * the others go to the end of the leaf's part of the other buffer, in reverse. So nothing is copied back, and lists ascend or
 * descend. Four rows at a time without branches; blocks of one side as they are.
 */
export function partition(thread: i32): void {
  const columns = fit(COLUMNS);
  const column = fit(CELLS) + word(2);
  const leaf = leafAt(word(0), thread);
  const start = load<u32>(leaf);
  const count = load<u32>(leaf, 4);
  const spare = <u32>((fit(SPARE) - fit(LIST)) >> 2);
  const whole = <u32>((fit(WHOLE) - fit(LIST)) >> 2);
  const isWhole = start >= whole;
  const isSpare = start >= spare && !isWhole;
  const place = start - (isWhole ? whole : isSpare ? spare : 0);
  const left = place + (isSpare ? spare : 0);
  const list = listOf(thread);
  const rows = list + (<usize>start << 2);
  const masks = fit(SCRATCH) + <usize>thread * fit(SCRATCH_BYTES);
  const shuffles = fit(SHUFFLES);
  let here = list + (<usize>left << 2);
  let there = list + (<usize>(place + (isSpare ? 0 : spare) + count) << 2);
  for (let from: u32 = 0; from < count; from += BLOCK) {
    const first = rows + (<usize>from << 2);
    const n: usize = min<u32>(BLOCK, count - from);
    const stay = findSides(first, n, column, columns, fit(TABLE), masks);
    if (stay == n) {
      if (here != first) memory.copy(here, first, n << 2);
      here += n << 2;
      continue;
    }
    let i: usize = 0;
    for (; i + 4 <= n; i += 4) {
      const four = v128.load(first + (i << 2));
      const mask: usize = load<u8>(masks + (i >> 2));
      const staying = <usize>popcnt<u32>(<u32>mask) << 2;
      v128.store(here, v128.swizzle(four, v128.load(shuffles + (mask << 4))));
      v128.store(there - 16, v128.swizzle(four, v128.load(shuffles + (mask << 4), 256)));
      here += staying;
      there += staying - 16;
    }
    for (let mask: u32 = i < n ? load<u8>(masks + (i >> 2)) : 0; i < n; i++, mask >>= 1) {
      const row = load<u32>(first + (i << 2));
      if (mask & 1) {
        store<u32>(here, row);
        here += 4;
      } else {
        there -= 4;
        store<u32>(there, row);
      }
    }
  }
  const other = leafAt(word(1), thread);
  const kept = <u32>((here - list) >> 2) - left;
  store<u32>(leaf, left);
  store<u32>(leaf, kept, 4);
  store<u32>(other, <u32>((there - list) >> 2));
  store<u32>(other, count - kept, 4);
}

/** The sides of rows by the table, a mask of four bits for four rows; how many have 1. Rows that follow each other need no look at the list. */
function findSides(rows: usize, n: usize, column: usize, columns: usize, table: usize, masks: usize): usize {
  const first = load<u32>(rows);
  const end = rows + (n << 2);
  let ones: u32 = 0;
  if (load<u32>(end - 4) - first + 1 == <u32>n) {
    let cell = column + <usize>first * columns;
    for (; rows + 16 <= end; rows += 16, masks++) {
      const one = <u32>load<u8>(table + load<u8>(cell)) | <u32>load<u8>(table + load<u8>(cell + columns), 256);
      cell += columns << 1;
      const mask = one | <u32>load<u8>(table + load<u8>(cell), 512) | <u32>load<u8>(table + load<u8>(cell + columns), 768);
      cell += columns << 1;
      store<u8>(masks, <u8>mask);
      ones += popcnt<u32>(mask);
    }
  } else {
    for (; rows + 16 <= end; rows += 16, masks++) {
      const one = <u32>load<u8>(table + codeOf(load<u32>(rows), column, columns)) | <u32>load<u8>(table + codeOf(load<u32>(rows, 4), column, columns), 256);
      const mask = one | <u32>load<u8>(table + codeOf(load<u32>(rows, 8), column, columns), 512) | <u32>load<u8>(table + codeOf(load<u32>(rows, 12), column, columns), 768);
      store<u8>(masks, <u8>mask);
      ones += popcnt<u32>(mask);
    }
  }
  let mask: u32 = 0;
  for (let bit: u32 = 0; rows < end; rows += 4, bit++) {
    const side = <u32>load<u8>(table + codeOf(load<u32>(rows), column, columns));
    mask |= side << bit;
    ones += side;
  }
  store<u8>(masks, <u8>mask);
  return ones;
}

// @ts-ignore: decorator
@inline
function codeOf(row: u32, column: usize, columns: usize): u32 {
  return load<u8>(column + <usize>row * columns);
}

/**
 * Words: output, leaves, whether rows are left out. Numbers: the scales of gradients and hessians. Leaf by leaf, so that a leaf's
 * sums stay in registers; whole numbers in doubles, so their order is free. Sums of a thread follow the common ones at LEAF_SUMS.
 */
export function sumLeaves(thread: i32): void {
  const leaves = word(1);
  const all = fit(LEAVES);
  const leafOf = fit(LEAF_OF);
  const gradients = fit(GRADIENTS) + ((<usize>word(0) * fit(ROWS)) << 3);
  const sums = fit(LEAF_SUMS) + ((<usize>thread + 1) * (all + 1) << 4);
  const scale = f64x2.replace_lane(f64x2.splat(number(0)), 1, number(1));
  if (word(2)) clearOwn(leafOf, <u16>all, thread);
  for (let leaf: u32 = 0; leaf < leaves; leaf++) {
    const range = leafAt(leaf, thread);
    let at = listOf(thread) + (<usize>load<u32>(range) << 2);
    const end = at + (<usize>load<u32>(range, 4) << 2);
    let one = f64x2.splat(0);
    let two = f64x2.splat(0);
    for (; at + 8 <= end; at += 8) {
      const first: usize = load<u32>(at);
      const second: usize = load<u32>(at, 4);
      store<u16>(leafOf + (first << 1), <u16>leaf);
      store<u16>(leafOf + (second << 1), <u16>leaf);
      one = f64x2.add(one, f64x2.nearest(f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(gradients + (first << 3))), scale)));
      two = f64x2.add(two, f64x2.nearest(f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(gradients + (second << 3))), scale)));
    }
    if (at < end) {
      const row: usize = load<u32>(at);
      store<u16>(leafOf + (row << 1), <u16>leaf);
      one = f64x2.add(one, f64x2.nearest(f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(gradients + (row << 3))), scale)));
    }
    v128.store(sums + (<usize>leaf << 4), f64x2.add(one, two));
  }
}

function clearOwn(leafOf: usize, nobody: u16, thread: i32): void {
  const rows = <i32>fit(ROWS);
  for (let row = thread * BLOCK; row < rows; row += load<i32>(THREADS) * BLOCK) {
    const end = leafOf + (<usize>min(rows, row + BLOCK) << 1);
    for (let at = leafOf + (<usize>row << 1); at < end; at += 2) store<u16>(at, nobody);
  }
}

/** The threads' sums together, divided by the scales (0 where a scale is 0). */
export function joinLeaves(): void {
  const threads = load<i32>(THREADS);
  const all = fit(LEAVES) + 1;
  const sums = fit(LEAF_SUMS);
  for (let leaf: usize = 0; leaf < <usize>word(1); leaf++) {
    let sum = f64x2.splat(0);
    for (let t: usize = 1; t <= <usize>threads; t++) sum = f64x2.add(sum, v128.load(sums + ((t * all + leaf) << 4)));
    store<f64>(sums + (leaf << 4), number(0) > 0 ? f64x2.extract_lane(sum, 0) / number(0) : 0);
    store<f64>(sums + (leaf << 4), number(1) > 0 ? f64x2.extract_lane(sum, 1) / number(1) : 0, 8);
  }
}

/** Words: output. VALUES: a double for each leaf. */
export function addLeaves(thread: i32): void {
  const rows = <i32>fit(ROWS);
  const values = fit(VALUES);
  for (let row = thread * BLOCK; row < rows; row += load<i32>(THREADS) * BLOCK) {
    const n = min(BLOCK, rows - row);
    let leafOf = fit(LEAF_OF) + (<usize>row << 1);
    let score = fit(SCORES) + ((<usize>word(0) * fit(ROWS) + row) << 3);
    const end = score + (<usize>n << 3);
    for (; score < end; score += 8, leafOf += 2) store<f64>(score, load<f64>(score) + load<f64>(values + (<usize>load<u16>(leafOf) << 3)));
  }
}

/** Words: part, output, whether only rows outside the tree are meant, whether there are nodes. NODES: 12 words each (place of the cell in a row, left, right, unused, 8 words of bits). */
export function addTree(thread: i32): void {
  const part = word(0);
  const rows = <i32>(part ? fit(VALID_ROWS) : fit(ROWS));
  const stride = part ? fit(FEATURES) : fit(COLUMNS);
  const cells = part ? fit(VALID_BINS) : fit(CELLS);
  const scores = (part ? fit(VALID_SCORES) : fit(SCORES)) + ((<usize>word(1) * <usize>rows) << 3);
  const leafOf = fit(LEAF_OF);
  const nobody = <u32>fit(LEAVES);
  const isOutside = word(2) != 0;
  const nodes = fit(NODES);
  const values = fit(VALUES);
  const first: i32 = word(3) ? 0 : -1;
  for (let from = thread * BLOCK; from < rows; from += load<i32>(THREADS) * BLOCK) {
    const end = min(rows, from + BLOCK);
    for (let row = from; row < end; row++) {
      if (isOutside && <u32>load<u16>(leafOf + (<usize>row << 1)) != nobody) continue;
      const cell = cells + <usize>row * stride;
      let node = first;
      while (node >= 0) {
        const at = nodes + <usize>node * 48;
        const code = <u32>load<u8>(cell + load<u32>(at));
        const isLeft = (load<u32>(at + (<usize>(code >> 5) << 2), 16) >> (code & 31)) & 1;
        node = load<i32>(at + (<usize>(isLeft ^ 1) << 2), 4);
      }
      const score = scores + (<usize>row << 3);
      store<f64>(score, load<f64>(score) + load<f64>(values + (<usize>(~node) << 3)));
    }
  }
}
