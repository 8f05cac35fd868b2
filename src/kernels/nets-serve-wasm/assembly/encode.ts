// Numbers -> waves -> encoded numbers, as core/models/net/encode-inputs.ts has them (plr, pbld), with base/circle's cosine two at a
// time. x: doubles, `xStride` bytes a row, a number each; waves: room for one number's; frequencies and turns: of a number its
// `waves`, filled up to 2; weights: of a number its `terms` lines of `filled` doubles, after one of biases.

/** Turns -> sine; NaN in, NaN out. Selected, not branched: the same bits as base/circle. */
// @ts-ignore: decorator
@inline
function sine(turns: v128): v128 {
  const r = f64x2.sub(turns, f64x2.floor(turns));
  const four = f64x2.mul(r, f64x2.splat(4));
  const low = f64x2.floor(four);
  const quarter = f64x2.add(low, v128.and(f64x2.splat(1), f64x2.ge(f64x2.sub(four, low), f64x2.splat(0.5))));
  const x = f64x2.mul(f64x2.sub(r, f64x2.mul(quarter, f64x2.splat(0.25))), f64x2.splat(6.283185307179586));
  const z = f64x2.mul(x, x);
  let c = f64x2.sub(f64x2.splat(2.08757232129817482790e-9), f64x2.mul(z, f64x2.splat(1.13596475577881948265e-11)));
  c = f64x2.add(f64x2.splat(-2.75573143513906633035e-7), f64x2.mul(z, c));
  c = f64x2.add(f64x2.splat(2.48015872894767294178e-5), f64x2.mul(z, c));
  c = f64x2.add(f64x2.splat(-1.38888888888741095749e-3), f64x2.mul(z, c));
  c = f64x2.add(f64x2.splat(4.16666666666666019037e-2), f64x2.mul(z, c));
  c = f64x2.add(f64x2.sub(f64x2.splat(1), f64x2.mul(f64x2.splat(0.5), z)), f64x2.mul(f64x2.mul(z, z), c));
  let s = f64x2.add(f64x2.splat(-2.50507602534068634195e-8), f64x2.mul(z, f64x2.splat(1.58969099521155010221e-10)));
  s = f64x2.add(f64x2.splat(2.75573137070700676789e-6), f64x2.mul(z, s));
  s = f64x2.add(f64x2.splat(-1.98412698298579493134e-4), f64x2.mul(z, s));
  s = f64x2.add(f64x2.splat(8.33333333332248946124e-3), f64x2.mul(z, s));
  s = f64x2.add(f64x2.splat(-1.66666666666666324348e-1), f64x2.mul(z, s));
  s = f64x2.add(x, f64x2.mul(f64x2.mul(x, z), s));
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(quarter));
  const one = i64x2.splat(1);
  const two = i64x2.splat(2);
  const y = v128.bitselect(c, s, i64x2.eq(v128.and(whole, one), one));
  return v128.bitselect(f64x2.neg(y), y, i64x2.eq(v128.and(whole, two), two));
}

/**
 * Rows x numbers -> rows of encoded numbers, `width` each, one after another at out (`outStride` bytes a row; it may write a
 * double beyond the last one). plr: waves are cosines then sines, relu at the end; else x itself comes first.
 */
export function encodeWaves(x: usize, xStride: usize, rows: i32, numbers: i32, waves: i32, isPlr: i32, width: i32, frequencies: usize, turns: usize, weights: usize, room: usize, out: usize, outStride: usize): void {
  const pairs = <usize>((waves + 1) >> 1) << 4;
  const columns = isPlr ? width : width - 1;
  const filled = <usize>((columns + 1) >> 1) << 4;
  const size = filled * (<usize>(isPlr ? 2 * waves : waves) + 1);
  const quarter = f64x2.splat(0.25);
  for (let row = 0; row < rows; row++, x += xStride, out += outStride) {
    let to = out;
    let w = weights;
    let at: usize = 0;
    for (let j = 0; j < numbers; j++, w += size) {
      const number = load<f64>(x + ((<usize>j) << 3));
      const wide = f64x2.splat(number);
      for (let k: usize = 0; k < pairs; k += 16, at += 16) {
        const angle = f64x2.mul(v128.load(frequencies + at), wide);
        if (isPlr) {
          v128.store(room + k, sine(f64x2.add(angle, quarter)));
          v128.store(room + pairs + k, sine(angle));
        } else v128.store(room + k, sine(f64x2.add(f64x2.add(angle, v128.load(turns + at)), quarter)));
      }
      if (!isPlr) {
        store<f64>(to, number);
        to += 8;
      }
      for (let o: usize = 0; o < filled; o += 16) {
        let sum = v128.load(w + o);
        let line = w + filled + o;
        for (let k = 0; k < waves; k++, line += filled) sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(room + ((<usize>k) << 3)), v128.load(line)));
        if (isPlr) {
          for (let k = 0; k < waves; k++, line += filled) sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(room + pairs + ((<usize>k) << 3)), v128.load(line)));
          sum = v128.and(sum, f64x2.gt(sum, f64x2.splat(0)));
        }
        v128.store(to + o, sum);
      }
      to += (<usize>columns) << 3;
    }
  }
}
