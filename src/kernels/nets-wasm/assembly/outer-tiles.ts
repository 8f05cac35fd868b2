// Register tiles of the weight gradient: so many rows of dw by 8 columns, whose sums stay in registers while the lines run.
import { loadSome, storeSome } from './some';
import { four, madd } from './vector';

/** 6 rows of dw by 8 columns: lines of x of stride xs, lines of dy packed by 8. */
export function outer6(x: usize, xs: usize, d: usize, lines: usize, dw: usize, ws: usize, count: i32, keep: i32): void {
  let left = four(0);
  let right = four(0);
  let a0 = keep ? loadSome(dw, count) : left;
  let b0 = keep ? loadSome(dw + 16, count - 4) : left;
  let a1 = keep ? loadSome(dw + ws, count) : left;
  let b1 = keep ? loadSome(dw + ws + 16, count - 4) : left;
  let a2 = keep ? loadSome(dw + 2 * ws, count) : left;
  let b2 = keep ? loadSome(dw + 2 * ws + 16, count - 4) : left;
  let a3 = keep ? loadSome(dw + 3 * ws, count) : left;
  let b3 = keep ? loadSome(dw + 3 * ws + 16, count - 4) : left;
  let a4 = keep ? loadSome(dw + 4 * ws, count) : left;
  let b4 = keep ? loadSome(dw + 4 * ws + 16, count - 4) : left;
  let a5 = keep ? loadSome(dw + 5 * ws, count) : left;
  let b5 = keep ? loadSome(dw + 5 * ws + 16, count - 4) : left;
  let s: v128;
  let k = lines;
  for (; k >= 2; k -= 2) {
    left = v128.load(d);
    right = v128.load(d, 16);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x, 4);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x, 8);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x, 12);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    s = v128.load32_splat(x, 16);
    a4 = madd(s, left, a4);
    b4 = madd(s, right, b4);
    s = v128.load32_splat(x, 20);
    a5 = madd(s, left, a5);
    b5 = madd(s, right, b5);
    x += xs;
    left = v128.load(d, 32);
    right = v128.load(d, 48);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x, 4);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x, 8);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x, 12);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    s = v128.load32_splat(x, 16);
    a4 = madd(s, left, a4);
    b4 = madd(s, right, b4);
    s = v128.load32_splat(x, 20);
    a5 = madd(s, left, a5);
    b5 = madd(s, right, b5);
    x += xs;
    d += 64;
  }
  for (; k > 0; k--) {
    left = v128.load(d);
    right = v128.load(d, 16);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x, 4);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x, 8);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x, 12);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    s = v128.load32_splat(x, 16);
    a4 = madd(s, left, a4);
    b4 = madd(s, right, b4);
    s = v128.load32_splat(x, 20);
    a5 = madd(s, left, a5);
    b5 = madd(s, right, b5);
    x += xs;
    d += 32;
  }
  storeSome(a0, dw, count);
  storeSome(b0, dw + 16, count - 4);
  storeSome(a1, dw + ws, count);
  storeSome(b1, dw + ws + 16, count - 4);
  storeSome(a2, dw + 2 * ws, count);
  storeSome(b2, dw + 2 * ws + 16, count - 4);
  storeSome(a3, dw + 3 * ws, count);
  storeSome(b3, dw + 3 * ws + 16, count - 4);
  storeSome(a4, dw + 4 * ws, count);
  storeSome(b4, dw + 4 * ws + 16, count - 4);
  storeSome(a5, dw + 5 * ws, count);
  storeSome(b5, dw + 5 * ws + 16, count - 4);
}

/** 4 rows of dw by 8 columns: lines of x of stride xs, lines of dy packed by 8. */
export function outer4(x: usize, xs: usize, d: usize, lines: usize, dw: usize, ws: usize, count: i32, keep: i32): void {
  let left = four(0);
  let right = four(0);
  let a0 = keep ? loadSome(dw, count) : left;
  let b0 = keep ? loadSome(dw + 16, count - 4) : left;
  let a1 = keep ? loadSome(dw + ws, count) : left;
  let b1 = keep ? loadSome(dw + ws + 16, count - 4) : left;
  let a2 = keep ? loadSome(dw + 2 * ws, count) : left;
  let b2 = keep ? loadSome(dw + 2 * ws + 16, count - 4) : left;
  let a3 = keep ? loadSome(dw + 3 * ws, count) : left;
  let b3 = keep ? loadSome(dw + 3 * ws + 16, count - 4) : left;
  let s: v128;
  let k = lines;
  for (; k >= 2; k -= 2) {
    left = v128.load(d);
    right = v128.load(d, 16);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x, 4);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x, 8);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x, 12);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    x += xs;
    left = v128.load(d, 32);
    right = v128.load(d, 48);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x, 4);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x, 8);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x, 12);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    x += xs;
    d += 64;
  }
  for (; k > 0; k--) {
    left = v128.load(d);
    right = v128.load(d, 16);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    s = v128.load32_splat(x, 4);
    a1 = madd(s, left, a1);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(x, 8);
    a2 = madd(s, left, a2);
    b2 = madd(s, right, b2);
    s = v128.load32_splat(x, 12);
    a3 = madd(s, left, a3);
    b3 = madd(s, right, b3);
    x += xs;
    d += 32;
  }
  storeSome(a0, dw, count);
  storeSome(b0, dw + 16, count - 4);
  storeSome(a1, dw + ws, count);
  storeSome(b1, dw + ws + 16, count - 4);
  storeSome(a2, dw + 2 * ws, count);
  storeSome(b2, dw + 2 * ws + 16, count - 4);
  storeSome(a3, dw + 3 * ws, count);
  storeSome(b3, dw + 3 * ws + 16, count - 4);
}

/** 1 rows of dw by 8 columns: lines of x of stride xs, lines of dy packed by 8. */
export function outer1(x: usize, xs: usize, d: usize, lines: usize, dw: usize, ws: usize, count: i32, keep: i32): void {
  let left = four(0);
  let right = four(0);
  let a0 = keep ? loadSome(dw, count) : left;
  let b0 = keep ? loadSome(dw + 16, count - 4) : left;
  let s: v128;
  let k = lines;
  for (; k >= 2; k -= 2) {
    left = v128.load(d);
    right = v128.load(d, 16);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    x += xs;
    left = v128.load(d, 32);
    right = v128.load(d, 48);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    x += xs;
    d += 64;
  }
  for (; k > 0; k--) {
    left = v128.load(d);
    right = v128.load(d, 16);
    s = v128.load32_splat(x);
    a0 = madd(s, left, a0);
    b0 = madd(s, right, b0);
    x += xs;
    d += 32;
  }
  storeSome(a0, dw, count);
  storeSome(b0, dw + 16, count - 4);
}
