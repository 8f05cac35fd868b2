// Piecewise-linear encoding (TabM's version B): b + x l + sum over bins of W_bin clamp((x - edge) / (next edge - edge), 0, 1); a bin
// of no width gives 0. The stash keeps what the bins gave. x is data: no gradient goes to it.
import { affine, backWeights, packedFloats } from './matmul';

/** Each number to `width` numbers; w packed as matrices of bins x width. */
export function piecewise(
  x: usize, xs: usize, edges: usize, w: usize, line: usize, bias: usize, y: usize, ys: usize, stash: usize,
  from: usize, to: usize, numbers: usize, bins: usize, width: usize,
): void {
  const each = packedFloats(bins, width) << 2;
  for (let r = from; r < to; r++) {
    let at = stash + ((r * numbers * bins) << 2);
    let edge = edges;
    for (let i: usize = 0; i < numbers; i++, edge += 4) {
      const value = load<f32>(x + ((r * xs + i) << 2));
      for (let b: usize = 0; b < bins; b++, edge += 4, at += 4) {
        const span: f32 = load<f32>(edge, 4) - load<f32>(edge);
        store<f32>(at, span > 0 ? min<f32>(1, max<f32>(0, (value - load<f32>(edge)) / span)) : 0);
      }
    }
  }
  for (let i: usize = 0; i < numbers; i++) {
    const own = (i * width) << 2;
    affine(stash + ((i * bins) << 2), numbers * bins, w + i * each, bias + own, y + own, ys, from, to, bins, width, 0);
    for (let r = from; r < to; r++) {
      const value = load<f32>(x + ((r * xs + i) << 2));
      const at = y + ((r * ys) << 2) + own;
      for (let j: usize = 0; j < width << 2; j += 4) store<f32>(at + j, load<f32>(at + j) + value * load<f32>(line + own + j));
    }
  }
}

/** dw, dl, db +=. */
export function backPiecewise(
  x: usize, xs: usize, dy: usize, ys: usize, stash: usize, dw: usize, dl: usize, db: usize, scratch: usize,
  from: usize, to: usize, numbers: usize, bins: usize, width: usize,
): void {
  for (let i: usize = 0; i < numbers; i++) {
    const own = (i * width) << 2;
    backWeights(stash + ((i * bins) << 2), numbers * bins, dy + own, ys, dw + ((i * bins * width) << 2), from, to, bins, width, 1, scratch);
    for (let r = from; r < to; r++) {
      const value = load<f32>(x + ((r * xs + i) << 2));
      const at = dy + ((r * ys) << 2) + own;
      for (let j: usize = 0; j < width << 2; j += 4) {
        const d = load<f32>(at + j);
        store<f32>(dl + own + j, load<f32>(dl + own + j) + value * d);
        store<f32>(db + own + j, load<f32>(db + own + j) + d);
      }
    }
  }
}
