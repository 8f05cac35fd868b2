// Products of activations and weights in register tiles. W lies packed in panels of 8 columns, so that a tile streams it; sums
// over k run in order from the bias, in every tile alike, so a line has the same bits in whatever tile it falls.
import { four, madd } from './vector';

/** Lines that the weight gradient takes at a time: a panel of dy of so many lies packed in scratch. */
export const BLOCK: usize = 64;

export function panels(m: usize): usize {
  return (m + 7) >> 3;
}

export function packedFloats(n: usize, m: usize): usize {
  return n * (panels(m) << 3);
}

export function scratchFloats(n: usize, m: usize): usize {
  return BLOCK * (8 + ((n + 7) & ~7));
}

/** Panels [from, till) of n x m matrices that lie one after another; columns beyond m are 0. */
export function pack(w: usize, to: usize, n: usize, m: usize, from: usize, till: usize): void {
  const each = panels(m);
  for (let p = from; p < till; p++) {
    const c = p / each;
    const first = (p % each) << 3;
    const count = min<usize>(8, m - first);
    let source = w + ((c * n * m + first) << 2);
    let at = to + ((p * n) << 5);
    for (let k: usize = 0; k < n; k++, source += m << 2, at += 32) {
      if (count == 8) {
        v128.store(at, v128.load(source));
        v128.store(at, v128.load(source, 16), 16);
      } else for (let j: usize = 0; j < 8; j++) store<f32>(at + (j << 2), j < count ? load<f32>(source + (j << 2)) : 0);
    }
  }
}

/** The same of the transposed: m x n matrices, panels(n) each. */
export function packTransposed(w: usize, to: usize, n: usize, m: usize, from: usize, till: usize): void {
  const each = panels(n);
  for (let p = from; p < till; p++) {
    const c = p / each;
    const first = (p % each) << 3;
    const count = min<usize>(8, n - first);
    const source = w + (((c * n + first) * m) << 2);
    const at = to + ((p * m) << 5);
    for (let j: usize = 0; j < 8; j++) {
      for (let k: usize = 0; k < m; k++) store<f32>(at + (k << 5) + (j << 2), j < count ? load<f32>(source + ((j * m + k) << 2)) : 0);
    }
  }
}

/** y = x w (+ b), and relu when asked; w packed. */
export function affine(x: usize, xs: usize, w: usize, b: usize, y: usize, ys: usize, from: usize, to: usize, n: usize, m: usize, relu: i32): void {
  multiply(x, xs, w, b, y, ys, from, to, n, m, relu, 0);
}

/** dx = dy w^T, 0 where mask <= 0; wT packed transposed. */
export function backInput(dy: usize, ys: usize, wT: usize, dx: usize, xs: usize, from: usize, to: usize, n: usize, m: usize, mask: usize): void {
  multiply(dy, ys, wT, 0, dx, xs, from, to, m, n, 0, mask);
}

function multiply(x: usize, xs: usize, w: usize, b: usize, y: usize, ys: usize, from: usize, to: usize, n: usize, m: usize, relu: i32, mask: usize): void {
  for (let r = from; r < to; r++) {
    for (let j: usize = 0; j < m; j++) {
      let sum: f32 = b ? load<f32>(b + (j << 2)) : 0;
      let at = w + (((j >> 3) * n) << 5) + ((j & 7) << 2);
      for (let k: usize = 0; k < n; k++, at += 32) sum += load<f32>(x + ((r * xs + k) << 2)) * load<f32>(at);
      const place = (r * ys + j) << 2;
      if (relu) sum = max<f32>(sum, 0);
      if (mask && !(load<f32>(mask + place) > 0)) sum = 0;
      store<f32>(y + place, sum);
    }
  }
}

/** dw = x^T dy, or += when `keep`. */
export function backWeights(x: usize, xs: usize, dy: usize, ys: usize, dw: usize, from: usize, to: usize, n: usize, m: usize, keep: i32, scratch: usize): void {
  if (!keep) memory.fill(dw, 0, (n * m) << 2);
  for (let r = from; r < to; r++) {
    for (let i: usize = 0; i < n; i++) {
      const a = load<f32>(x + ((r * xs + i) << 2));
      for (let j: usize = 0; j < m; j++) {
        const at = dw + ((i * m + j) << 2);
        store<f32>(at, load<f32>(at) + a * load<f32>(dy + ((r * ys + j) << 2)));
      }
    }
  }
}
