// The register tile that all products are made of: 4 lines by 8 columns, whose sums stay in registers while k runs. x64 has 16
// registers and V8 loads a step's operands first, so one step of a tile must fit: 8 sums, 2 of w, 4 of x. Wider tiles and
// unrolled steps were slower, since registers spilled. Sums run in order of k: the bits of a line are the same in any tile.
import { loadSome, storeSome } from './some';
import { four, madd } from './vector';

/**
 * y[i] = b[i] + sum over k < n of x[i][k] * w[k], i < lines (1 to 4), columns < count (1 to 8). x[i][k] is at x + i * apart + k * step
 * (bytes), w packed by 8 columns; b 0 = zeros, else b[i] at b + i * bs; y and mask have lines ys bytes apart; where mask (0 = none)
 * is not above 0 the sum is 0.
 */
export function tile(
  x: usize, apart: usize, step: usize, w: usize, n: usize, b: usize, bs: usize, y: usize, ys: usize,
  lines: usize, count: i32, relu: i32, mask: usize,
): void {
  let x0 = x;
  let x1 = lines > 1 ? x + apart : x;
  let x2 = lines > 2 ? x + 2 * apart : x;
  let x3 = lines > 3 ? x + 3 * apart : x;
  let a0 = b ? loadSome(b, count) : four(0);
  let b0 = b && count > 4 ? loadSome(b + 16, count - 4) : four(0);
  let a1 = a0, a2 = a0, a3 = a0;
  let b1 = b0, b2 = b0, b3 = b0;
  if (bs) {
    if (lines > 1) {
      a1 = loadSome(b + bs, count);
      b1 = loadSome(b + bs + 16, count - 4);
    }
    if (lines > 2) {
      a2 = loadSome(b + 2 * bs, count);
      b2 = loadSome(b + 2 * bs + 16, count - 4);
    }
    if (lines > 3) {
      a3 = loadSome(b + 3 * bs, count);
      b3 = loadSome(b + 3 * bs + 16, count - 4);
    }
  }
  const end = w + (n << 5);
  while (w < end) {
    const left = v128.load(w);
    const right = v128.load(w, 16);
    let s = v128.load32_splat(x0);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x1);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x2);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x3);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    x0 += step;
    x1 += step;
    x2 += step;
    x3 += step;
    w += 32;
  }
  finish(a0, b0, y, mask, count, relu);
  if (lines > 1) finish(a1, b1, y + ys, mask ? mask + ys : 0, count, relu);
  if (lines > 2) finish(a2, b2, y + 2 * ys, mask ? mask + 2 * ys : 0, count, relu);
  if (lines > 3) finish(a3, b3, y + 3 * ys, mask ? mask + 3 * ys : 0, count, relu);
}

/** 8 sums to their place: relu when asked, 0 where the mask is not above 0. */
// @ts-ignore: decorator
@inline
function finish(left: v128, right: v128, y: usize, mask: usize, count: i32, relu: i32): void {
  if (relu) {
    left = f32x4.pmax(left, four(0));
    right = f32x4.pmax(right, four(0));
  }
  if (mask) {
    left = v128.and(left, f32x4.gt(loadSome(mask, count), four(0)));
    if (count > 4) right = v128.and(right, f32x4.gt(loadSome(mask + 16, count - 4), four(0)));
  }
  storeSome(left, y, count);
  if (count > 4) storeSome(right, y + 16, count - 4);
}
