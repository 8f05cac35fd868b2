// Piecewise-linear encoding (TabM's version B): b + x l + sum over bins of W_bin clamp((x - edge) / (next edge - edge), 0, 1); a bin
// of no width gives 0. The stash keeps what the bins gave. x is data: no gradient goes to it.
import { affine, backWeights, packedFloats } from './matmul';
import { addLine, addTimes } from './some';
import { four } from './vector';

/** What the bins from `edge` on give of a value: 0 to 1 each. */
// @ts-ignore: decorator
@inline
function parts(value: v128, low: v128, high: v128): v128 {
  const span = f32x4.sub(high, low);
  const part = f32x4.div(f32x4.sub(value, low), span);
  return v128.and(f32x4.pmin(f32x4.pmax(part, four(0)), four(1)), f32x4.gt(span, four(0)));
}

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
      let b: usize = 0;
      for (; b + 4 <= bins; b += 4, edge += 16, at += 16) v128.store(at, parts(four(value), v128.load(edge), v128.load(edge, 4)));
      for (; b < bins; b++, edge += 4, at += 4) v128.store32_lane(at, parts(four(value), v128.load32_zero(edge), v128.load32_zero(edge, 4)), 0);
    }
  }
  for (let i: usize = 0; i < numbers; i++) {
    const own = (i * width) << 2;
    affine(stash + ((i * bins) << 2), numbers * bins, w + i * each, bias + own, y + own, ys, from, to, bins, width, 0);
    for (let r = from; r < to; r++) {
      const value = load<f32>(x + ((r * xs + i) << 2));
      addTimes(y + ((r * ys) << 2) + own, line + own, value, width << 2);
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
      addTimes(dl + own, at, value, width << 2);
      addLine(db + own, at, width << 2);
    }
  }
}
