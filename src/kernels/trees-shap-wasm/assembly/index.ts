// Exact path-dependent TreeSHAP of one tree for a block of rows: the twin of core/explain/shap-reference.ts, same bits.
// Pointers are byte offsets of the ShapArrays views, 16-byte aligned. nodes: 8 i32 a node (slot, cut or ~first set word, edge of
// the last ancestor of the feature, edge to the node, place); down, up: f64, 3 vectors of `points` an edge from edge 1;
// products: f64, `points` an edge; states: i32 an edge; ranks: i32 of the row; sums: f64 pairs of the row. Two points a vector.

/** Rows are rankStride and sumStride bytes apart. */
export function addTree(nodes: usize, count: i32, points: i32, down: usize, up: usize, sets: usize, products: usize, states: usize, ranks: usize, rankStride: usize, sums: usize, sumStride: usize, rows: i32): void {
  store<i32>(states, 2);
  for (let q = 0; q < points; q++) store<f64>(products + ((<usize>q) << 3), 1);
  for (let row = 0; row < rows; row++) {
    if (points == 2) one(nodes, count, down, up, sets, products, states, ranks, sums);
    else if (points == 4) two(nodes, count, down, up, sets, products, states, ranks, sums);
    else if (points == 6) three(nodes, count, down, up, sets, products, states, ranks, sums);
    else any(nodes, count, points, down, up, sets, products, states, ranks, sums);
    ranks += rankStride;
    sums += sumStride;
    for (let q = 0; q < points; q++) store<f64>(products + ((<usize>q) << 3), 1);
  }
}

function one(nodes: usize, count: i32, down: usize, up: usize, sets: usize, products: usize, states: usize, ranks: usize, sums: usize): void {
  walkDown(nodes, count, 1, down, sets, products, states, ranks);
  sumUp(nodes, count, 1, up, products, states, sums);
}
function two(nodes: usize, count: i32, down: usize, up: usize, sets: usize, products: usize, states: usize, ranks: usize, sums: usize): void {
  walkDown(nodes, count, 2, down, sets, products, states, ranks);
  sumUp(nodes, count, 2, up, products, states, sums);
}
function three(nodes: usize, count: i32, down: usize, up: usize, sets: usize, products: usize, states: usize, ranks: usize, sums: usize): void {
  walkDown(nodes, count, 3, down, sets, products, states, ranks);
  sumUp(nodes, count, 3, up, products, states, sums);
}
function any(nodes: usize, count: i32, points: i32, down: usize, up: usize, sets: usize, products: usize, states: usize, ranks: usize, sums: usize): void {
  walkDown(nodes, count, points >> 1, down, sets, products, states, ranks);
  sumUp(nodes, count, points >> 1, up, products, states, sums);
}

/** Reference walkDown; `pairs` is a constant where it is inlined, so its loops unroll. */
// @ts-ignore: decorator
@inline
function walkDown(nodes: usize, count: i32, pairs: usize, down: usize, sets: usize, products: usize, states: usize, ranks: usize): void {
  const vector = pairs << 4;
  let to = products + vector;
  let state = states + 4;
  for (let n = 0; n < count; n++) {
    const rank = load<i32>(ranks + ((<usize>load<i32>(nodes)) << 2));
    const cut = load<i32>(nodes, 4);
    const left = cut >= 0 ? <i32>(rank <= cut) : (load<i32>(sets + ((<usize>(~cut + (rank >> 5))) << 2)) >>> (rank & 31)) & 1;
    const on = load<i32>(states + ((<usize>load<i32>(nodes, 8)) << 2)) >> 1;
    const a = on + (on & left);
    const b = on + (on & (left ^ 1));
    store<i32>(state, a);
    store<i32>(state, b, 4);
    const from = products + <usize>load<i32>(nodes, 12) * vector;
    const tableA = down + <usize>a * vector;
    const tableB = down + <usize>(3 + b) * vector;
    if (pairs >= 1) step(from, tableA, tableB, to, vector);
    if (pairs >= 2) step(from + 16, tableA + 16, tableB + 16, to + 16, vector);
    if (pairs >= 3) step(from + 32, tableA + 32, tableB + 32, to + 32, vector);
    for (let p: usize = 3; p < pairs; p++) step(from + (p << 4), tableA + (p << 4), tableB + (p << 4), to + (p << 4), vector);
    to += vector << 1;
    down += 6 * vector;
    state += 8;
    nodes += 32;
  }
}

// @ts-ignore: decorator
@inline
function step(from: usize, tableA: usize, tableB: usize, to: usize, vector: usize): void {
  const product = v128.load(from);
  v128.store(to, f64x2.mul(product, v128.load(tableA)));
  v128.store(to + vector, f64x2.mul(product, v128.load(tableB)));
}

/** Reference sumUp. */
// @ts-ignore: decorator
@inline
function sumUp(nodes: usize, count: i32, pairs: usize, up: usize, products: usize, states: usize, sums: usize): void {
  const vector = pairs << 4;
  nodes += (<usize>(count - 1)) << 5;
  up += <usize>(count - 1) * 6 * vector;
  let left = products + <usize>(2 * count - 1) * vector;
  let state = states + (<usize>(2 * count - 1) << 2);
  for (let n = count - 1; n >= 0; n--) {
    const tableA = up + <usize>load<i32>(state) * vector;
    const tableB = up + <usize>(3 + load<i32>(state, 4)) * vector;
    const to = products + <usize>load<i32>(nodes, 12) * vector;
    const place = sums + ((<usize>load<i32>(nodes, 16)) << 4);
    let sum = f64x2.splat(0);
    if (pairs >= 1) sum = f64x2.add(sum, part(left, tableA, tableB, to, vector));
    if (pairs >= 2) sum = f64x2.add(sum, part(left + 16, tableA + 16, tableB + 16, to + 16, vector));
    if (pairs >= 3) sum = f64x2.add(sum, part(left + 32, tableA + 32, tableB + 32, to + 32, vector));
    for (let p: usize = 3; p < pairs; p++) sum = f64x2.add(sum, part(left + (p << 4), tableA + (p << 4), tableB + (p << 4), to + (p << 4), vector));
    v128.store(place, f64x2.add(v128.load(place), sum));
    left -= vector << 1;
    up -= 6 * vector;
    state -= 8;
    nodes -= 32;
  }
}

// @ts-ignore: decorator
@inline
function part(left: usize, tableA: usize, tableB: usize, to: usize, vector: usize): v128 {
  const a = v128.load(left);
  const b = v128.load(left + vector);
  v128.store(to, f64x2.add(a, b));
  return f64x2.add(f64x2.mul(a, v128.load(tableA)), f64x2.mul(b, v128.load(tableB)));
}
