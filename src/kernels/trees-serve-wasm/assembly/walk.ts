// Trees of any size walked node by node, several at once so that their steps overlap: larger trees four rows together, and a
// row or a few alone through four trees together. A node is 8 bytes: u32 its left child (the right one is the next), u16 slot, i8 cut
// (less 128), u8 1 = a set; a leaf is its own left child behind a cut that nothing exceeds. Beside it, `extra` has a u32: the leaf's
// number, or where the bits of the set are.

// @ts-ignore: decorator
@inline
function step(nodes: usize, p: u32, ranks: usize): u32 {
  const node = load<u64>(nodes + (<usize>p << 3));
  const rank = <i32>load<i8>(ranks + ((<usize>(node >> 32) & 0xffff) << 6));
  return <u32>node + u32(rank > <i32>(<i8>(<u32>(node >> 48))));
}

/** As step, for trees that have sets. */
// @ts-ignore: decorator
@inline
function stepMixed(nodes: usize, extra: usize, p: u32, ranks: usize): u32 {
  const node = load<u64>(nodes + (<usize>p << 3));
  const at = ranks + ((<usize>(node >> 32) & 0xffff) << 6);
  if (<u32>(node >> 56) == 0) return <u32>node + u32(<i32>load<i8>(at) > <i32>(<i8>(<u32>(node >> 48))));
  const group = <u32>load<u8>(at);
  const bits = <usize>load<u32>(extra + (<usize>p << 2));
  return <u32>node + 1 - ((<u32>load<u8>(bits + (group >> 3)) >> (group & 7)) & 1);
}

/** Doubles at sums += the leaves that `count` (up to 64) rows reach in the tree whose root is node `root`. */
export function addWalking(nodes: usize, extra: usize, root: u32, mixed: i32, leaves: usize, ranks: usize, count: i32, sums: usize): void {
  let i: usize = 0;
  const n = <usize>count;
  if (mixed) {
    for (; i < n; i++) {
      let p = root;
      for (let next = stepMixed(nodes, extra, p, ranks + i); next != p; next = stepMixed(nodes, extra, p, ranks + i)) p = next;
      addLeaf(sums + (i << 3), leaves, extra, p);
    }
    return;
  }
  for (; i + 4 <= n; i += 4) {
    const ranksI = ranks + i;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    let moved: u32 = 1;
    while (moved) {
      const a1 = step(nodes, a, ranksI);
      const b1 = step(nodes, b, ranksI + 1);
      const c1 = step(nodes, c, ranksI + 2);
      const d1 = step(nodes, d, ranksI + 3);
      a = step(nodes, a1, ranksI);
      b = step(nodes, b1, ranksI + 1);
      c = step(nodes, c1, ranksI + 2);
      d = step(nodes, d1, ranksI + 3);
      moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1);
    }
    addLeaf(sums + (i << 3), leaves, extra, a);
    addLeaf(sums + (i << 3) + 8, leaves, extra, b);
    addLeaf(sums + (i << 3) + 16, leaves, extra, c);
    addLeaf(sums + (i << 3) + 24, leaves, extra, d);
  }
  for (; i < n; i++) {
    let p = root;
    for (let next = step(nodes, p, ranks + i); next != p; next = step(nodes, p, ranks + i)) p = next;
    addLeaf(sums + (i << 3), leaves, extra, p);
  }
}

/** One row (its ranks 64 bytes apart) through trees without sets: four of them together. roots: u32 a tree. */
export function addAlone(nodes: usize, extra: usize, roots: usize, trees: i32, leaves: usize, ranks: usize, outputs: i32, stride: i32, sums: usize): void {
  let t = 0;
  let output = 0;
  for (; t + 4 <= trees; t += 4) {
    const at = roots + ((<usize>t) << 2);
    let a = load<u32>(at);
    let b = load<u32>(at, 4);
    let c = load<u32>(at, 8);
    let d = load<u32>(at, 12);
    let moved: u32 = 1;
    while (moved) {
      const a1 = step(nodes, a, ranks);
      const b1 = step(nodes, b, ranks);
      const c1 = step(nodes, c, ranks);
      const d1 = step(nodes, d, ranks);
      a = step(nodes, a1, ranks);
      b = step(nodes, b1, ranks);
      c = step(nodes, c1, ranks);
      d = step(nodes, d1, ranks);
      moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1);
    }
    output = put(sums, stride, output, outputs, leaves, extra, a);
    output = put(sums, stride, output, outputs, leaves, extra, b);
    output = put(sums, stride, output, outputs, leaves, extra, c);
    output = put(sums, stride, output, outputs, leaves, extra, d);
  }
  for (; t < trees; t++) {
    let p = load<u32>(roots + ((<usize>t) << 2));
    for (let next = step(nodes, p, ranks); next != p; next = step(nodes, p, ranks)) p = next;
    output = put(sums, stride, output, outputs, leaves, extra, p);
  }
}

// @ts-ignore: decorator
@inline
function put(sums: usize, stride: i32, output: i32, outputs: i32, leaves: usize, extra: usize, p: u32): i32 {
  addLeaf(sums + <usize>output * <usize>stride, leaves, extra, p);
  return output + 1 == outputs ? 0 : output + 1;
}

// @ts-ignore: decorator
@inline
function addLeaf(to: usize, leaves: usize, extra: usize, p: u32): void {
  store<f64>(to, load<f64>(to) + load<f64>(leaves + ((<usize>load<u32>(extra + (<usize>p << 2))) << 3)));
}
