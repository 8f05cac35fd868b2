// Register tiles of line products: so many lines by 8 columns, whose sums stay in registers while k runs. x64 has 16 registers: 6 x 8
// sums, two of W and one of x fill 15 where multiply-add is one instruction; with a product of its own to hold, 4 x 8 fit.
import { loadSome, storeSome } from './some';
import { four, madd } from './vector';

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
    right = v128.and(right, f32x4.gt(loadSome(mask + 16, count - 4), four(0)));
  }
  storeSome(left, y, count);
  storeSome(right, y + 16, count - 4);
}

/** 6 lines by 8 columns. */
export function tile6(x: usize, xs: usize, w: usize, b: usize, y: usize, ys: usize, n: usize, count: i32, relu: i32, mask: usize): void {
  let left = b ? loadSome(b, count) : four(0);
  let right = b ? loadSome(b + 16, count - 4) : four(0);
  let a0 = left;
  let b0 = right;
  let a1 = left;
  let b1 = right;
  let a2 = left;
  let b2 = right;
  let a3 = left;
  let b3 = right;
  let a4 = left;
  let b4 = right;
  let a5 = left;
  let b5 = right;
  let x0 = x;
  let x1 = x0 + xs;
  let x2 = x1 + xs;
  let x3 = x2 + xs;
  let x4 = x3 + xs;
  let x5 = x4 + xs;
  let s: v128;
  let k = n;
  for (; k >= 2; k -= 2) {
    left = v128.load(w);
    right = v128.load(w, 16);
    s = v128.load32_splat(x0);
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
    s = v128.load32_splat(x4);
    a4 = madd(s, left, a4);
    b4 = madd(s, right, b4);
    s = v128.load32_splat(x5);
    a5 = madd(s, left, a5);
    b5 = madd(s, right, b5);
    left = v128.load(w, 32);
    right = v128.load(w, 48);
    s = v128.load32_splat(x0, 4);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x1, 4);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x2, 4);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x3, 4);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    s = v128.load32_splat(x4, 4);
    a4 = madd(s, left, a4);
    b4 = madd(s, right, b4);
    s = v128.load32_splat(x5, 4);
    a5 = madd(s, left, a5);
    b5 = madd(s, right, b5);
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    x4 += 8;
    x5 += 8;
    w += 64;
  }
  for (; k > 0; k--) {
    left = v128.load(w);
    right = v128.load(w, 16);
    s = v128.load32_splat(x0);
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
    s = v128.load32_splat(x4);
    a4 = madd(s, left, a4);
    b4 = madd(s, right, b4);
    s = v128.load32_splat(x5);
    a5 = madd(s, left, a5);
    b5 = madd(s, right, b5);
    x0 += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
    x4 += 4;
    x5 += 4;
    w += 32;
  }
  finish(a0, b0, y, mask ? mask : 0, count, relu);
  finish(a1, b1, y + ys, mask ? mask + ys : 0, count, relu);
  finish(a2, b2, y + 2 * ys, mask ? mask + 2 * ys : 0, count, relu);
  finish(a3, b3, y + 3 * ys, mask ? mask + 3 * ys : 0, count, relu);
  finish(a4, b4, y + 4 * ys, mask ? mask + 4 * ys : 0, count, relu);
  finish(a5, b5, y + 5 * ys, mask ? mask + 5 * ys : 0, count, relu);
}

/** 4 lines by 8 columns. */
export function tile4(x: usize, xs: usize, w: usize, b: usize, y: usize, ys: usize, n: usize, count: i32, relu: i32, mask: usize): void {
  let left = b ? loadSome(b, count) : four(0);
  let right = b ? loadSome(b + 16, count - 4) : four(0);
  let a0 = left;
  let b0 = right;
  let a1 = left;
  let b1 = right;
  let a2 = left;
  let b2 = right;
  let a3 = left;
  let b3 = right;
  let x0 = x;
  let x1 = x0 + xs;
  let x2 = x1 + xs;
  let x3 = x2 + xs;
  let s: v128;
  let k = n;
  for (; k >= 2; k -= 2) {
    left = v128.load(w);
    right = v128.load(w, 16);
    s = v128.load32_splat(x0);
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
    left = v128.load(w, 32);
    right = v128.load(w, 48);
    s = v128.load32_splat(x0, 4);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x1, 4);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x2, 4);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x3, 4);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    w += 64;
  }
  for (; k > 0; k--) {
    left = v128.load(w);
    right = v128.load(w, 16);
    s = v128.load32_splat(x0);
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
    x0 += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
    w += 32;
  }
  finish(a0, b0, y, mask ? mask : 0, count, relu);
  finish(a1, b1, y + ys, mask ? mask + ys : 0, count, relu);
  finish(a2, b2, y + 2 * ys, mask ? mask + 2 * ys : 0, count, relu);
  finish(a3, b3, y + 3 * ys, mask ? mask + 3 * ys : 0, count, relu);
}

/** 1 lines by 8 columns. */
export function tile1(x: usize, xs: usize, w: usize, b: usize, y: usize, ys: usize, n: usize, count: i32, relu: i32, mask: usize): void {
  let left = b ? loadSome(b, count) : four(0);
  let right = b ? loadSome(b + 16, count - 4) : four(0);
  let a0 = left;
  let b0 = right;
  let x0 = x;
  let s: v128;
  let k = n;
  for (; k >= 2; k -= 2) {
    left = v128.load(w);
    right = v128.load(w, 16);
    s = v128.load32_splat(x0);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    left = v128.load(w, 32);
    right = v128.load(w, 48);
    s = v128.load32_splat(x0, 4);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    x0 += 8;
    w += 64;
  }
  for (; k > 0; k--) {
    left = v128.load(w);
    right = v128.load(w, 16);
    s = v128.load32_splat(x0);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    x0 += 4;
    w += 32;
  }
  finish(a0, b0, y, mask ? mask : 0, count, relu);
}
