// Products of activations and weights in register tiles. W lies packed in panels of 8 columns, so that a tile streams it; sums
// over k run in order from the bias, in every tile alike, so a line has the same bits in whatever tile it falls.
import { loadSome } from './some';
import { tile } from './tile';

/** Lines that the weight gradient takes at a time: a panel of dy of so many lies packed in scratch. */
export const BLOCK: usize = 128;

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
    let source = w + (((c * n + first) * m) << 2);
    let at = to + ((p * m) << 5);
    let k: usize = 0;
    if (count == 8) {
      for (; k + 4 <= m; k += 4, source += 16, at += 128) {
        turn(source, m << 2, at);
        turn(source + (m << 4), m << 2, at + 16);
      }
    }
    for (; k < m; k++, source += 4, at += 32) {
      for (let j: usize = 0; j < 8; j++) store<f32>(at + (j << 2), j < count ? load<f32>(source + ((j * m) << 2)) : 0);
    }
  }
}

/** 4 x 4, rows `step` bytes apart, to columns 32 bytes apart. */
function turn(source: usize, step: usize, at: usize): void {
  const a = v128.load(source);
  const b = v128.load(source + step);
  const c = v128.load(source + 2 * step);
  const d = v128.load(source + 3 * step);
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(at, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(at, v128.shuffle<i64>(ab, cd, 1, 3), 32);
  v128.store(at, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 64);
  v128.store(at, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 96);
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
  const line = xs << 2;
  const step = ys << 2;
  for (let j: usize = 0; j < m; j += 8) {
    const own = w + ((j * n) << 2);
    const count = <i32>min<usize>(8, m - j);
    const bias = b ? b + (j << 2) : 0;
    for (let r = from; r < to; r += 4) {
      const place = r * step + (j << 2);
      tile(x + r * line, line, 4, own, n, bias, 0, y + place, step, min<usize>(4, to - r), count, relu, mask ? mask + place : 0);
    }
  }
}

/** dw = x^T dy, or += when `keep`. dy is packed by 8 columns, so that a tile streams it. */
export function backWeights(x: usize, xs: usize, dy: usize, ys: usize, dw: usize, from: usize, to: usize, n: usize, m: usize, keep: i32, scratch: usize): void {
  const line = xs << 2;
  const step = m << 2;
  if (from >= to && !keep) memory.fill(dw, 0, n * step);
  for (let first = from; first < to; first += BLOCK) {
    const lines = min(BLOCK, to - first);
    const more = keep | <i32>(first > from);
    for (let j: usize = 0; j < m; j += 8) {
      const count = <i32>min<usize>(8, m - j);
      let source = dy + ((first * ys + j) << 2);
      for (let d = scratch; d < scratch + (lines << 5); d += 32, source += ys << 2) {
        v128.store(d, loadSome(source, count));
        v128.store(d, loadSome(source + 16, count - 4), 16);
      }
      const own = dw + (j << 2);
      for (let i: usize = 0; i < n; i += 4) {
        const at = own + i * step;
        tile(x + first * line + (i << 2), 4, line, scratch, lines, more ? at : 0, step, at, step, min<usize>(4, n - i), count, 0, 0);
      }
    }
  }
}
