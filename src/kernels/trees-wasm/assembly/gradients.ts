// Gradients and hessians of all outputs: the twin of reference fillGradients, with base/numerics' exp ported operation by operation.
// scores f64 and gradients (f32 pairs: gradient, hessian) are output-major; target f64; weight f32 or 0 for none;
// ranges: f32 pairs, the largest |gradient| and hessian of each output.

export function gradientsSquared(scores: usize, target: usize, weight: usize, gradients: usize, rows: i32, ranges: usize): void {
  clear(ranges);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const w = weightAt(weight, row);
    put(gradients + (row << 3), (load<f64>(scores + (row << 3)) - load<f64>(target + (row << 3))) * w, w, ranges);
  }
}

/** Two rows at a time; sigmoid as in base/numerics: 1 / (1 + e) for x >= 0, else e / (1 + e), e = exp(-|x|). */
export function gradientsBinary(scores: usize, target: usize, weight: usize, gradients: usize, rows: i32, ranges: usize): void {
  const one = f64x2.splat(1);
  let top = f32x4.splat(0);
  let row: usize = 0;
  for (; row + 2 <= <usize>rows; row += 2) {
    const x = v128.load(scores + (row << 3));
    const e = exp2(f64x2.neg(f64x2.abs(x)));
    const p = f64x2.div(v128.bitselect(one, e, f64x2.ge(x, f64x2.splat(0))), f64x2.add(one, e));
    let g = f64x2.sub(p, v128.load(target + (row << 3)));
    let h = f64x2.mul(p, f64x2.sub(one, p));
    if (weight) {
      const w = f64x2.promote_low_f32x4(v128.load64_zero(weight + (row << 2)));
      g = f64x2.mul(g, w);
      h = f64x2.mul(h, w);
    }
    const pairs = v128.shuffle<i32>(f32x4.demote_f64x2_zero(g), f32x4.demote_f64x2_zero(h), 0, 4, 1, 5);
    v128.store(gradients + (row << 3), pairs);
    top = f32x4.max(top, f32x4.abs(pairs));
  }
  store<f32>(ranges, max(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 2)));
  store<f32>(ranges, max(f32x4.extract_lane(top, 1), f32x4.extract_lane(top, 3)), 4);
  for (; row < <usize>rows; row++) {
    const x = load<f64>(scores + (row << 3));
    const e = exp(-abs(x));
    const p = x >= 0 ? 1 / (1 + e) : e / (1 + e);
    const w = weightAt(weight, row);
    put(gradients + (row << 3), (p - load<f64>(target + (row << 3))) * w, p * (1 - p) * w, ranges);
  }
}

/** block: outputs doubles of scratch. */
export function gradientsSoftmax(scores: usize, target: usize, weight: usize, gradients: usize, rows: i32, ranges: usize, outputs: i32, block: usize): void {
  const factor = <f64>outputs / (<f64>outputs - 1);
  const n = <usize>rows;
  for (let k: usize = 0; k < <usize>outputs; k++) clear(ranges + (k << 3));
  for (let row: usize = 0; row < n; row++) {
    const w = weightAt(weight, row);
    const truth = <i32>load<f64>(target + (row << 3));
    let top: f64 = -Infinity;
    for (let k: usize = 0; k < <usize>outputs; k++) {
      const score = load<f64>(scores + ((k * n + row) << 3));
      store<f64>(block + (k << 3), score);
      if (score > top) top = score;
    }
    let sum: f64 = 0;
    for (let k: usize = 0; k < <usize>outputs; k++) {
      const e = exp(load<f64>(block + (k << 3)) - top);
      store<f64>(block + (k << 3), e);
      sum += e;
    }
    for (let k: usize = 0; k < <usize>outputs; k++) {
      const p = load<f64>(block + (k << 3)) / sum;
      put(gradients + ((k * n + row) << 3), (p - (truth == <i32>k ? 1.0 : 0.0)) * w, p * (1 - p) * factor * w, ranges + (k << 3));
    }
  }
}

// @ts-ignore: decorator
@inline
function put(at: usize, gradient: f64, hessian: f64, ranges: usize): void {
  const g = <f32>gradient;
  const h = <f32>hessian;
  store<f32>(at, g);
  store<f32>(at, h, 4);
  store<f32>(ranges, max(load<f32>(ranges), abs(g)));
  store<f32>(ranges, max(load<f32>(ranges, 4), h), 4);
}

// @ts-ignore: decorator
@inline
function clear(ranges: usize): void {
  store<u64>(ranges, 0);
}

// @ts-ignore: decorator
@inline
function weightAt(weight: usize, row: usize): f64 {
  return weight ? <f64>load<f32>(weight + (row << 2)) : 1;
}

/** e^x for x <= 0 (what sigmoid and softmax ask); base/numerics exp with its k = 0 branch folded in, which gives the same bits. */
function exp(x: f64): f64 {
  if (x < -745.13321910194110842) return 0;
  const k = x < -0.34657359027997264 ? trunc(1.44269504088896338700 * x - 0.5) : 0;
  const hi = x - k * 6.93147180369123816490e-1;
  const lo = k * 1.90821492927058770002e-10;
  const r = hi - lo;
  const t = r * r;
  const c = r - t * (1.66666666666666019037e-1 + t * (-2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * (-1.65339022054652515390e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (lo - (r * c) / (2 - c) - hi);
  const whole = <i64>k;
  const first = max<i64>(whole, -1022);
  return y * reinterpret<f64>((first + 1023) << 52) * reinterpret<f64>((whole - first + 1023) << 52);
}

/** exp of two lanes at most 0. */
// @ts-ignore: decorator
@inline
function exp2(x: v128): v128 {
  const k = v128.and(f64x2.trunc(f64x2.sub(f64x2.mul(f64x2.splat(1.44269504088896338700), x), f64x2.splat(0.5))), f64x2.lt(x, f64x2.splat(-0.34657359027997264)));
  const hi = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1)));
  const lo = f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10));
  const r = f64x2.sub(hi, lo);
  const t = f64x2.mul(r, r);
  let q = f64x2.add(f64x2.splat(-1.65339022054652515390e-6), f64x2.mul(t, f64x2.splat(4.13813679705723846039e-8)));
  q = f64x2.add(f64x2.splat(6.61375632143793436117e-5), f64x2.mul(t, q));
  q = f64x2.add(f64x2.splat(-2.77777777770155933842e-3), f64x2.mul(t, q));
  q = f64x2.add(f64x2.splat(1.66666666666666019037e-1), f64x2.mul(t, q));
  const c = f64x2.sub(r, f64x2.mul(t, q));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(lo, f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c))), hi));
  const first = f64x2.max(k, f64x2.splat(-1022));
  const scaled = f64x2.mul(f64x2.mul(y, power(first)), power(f64x2.sub(k, first)));
  return v128.andnot(scaled, f64x2.lt(x, f64x2.splat(-745.13321910194110842)));
}

/** 2^k in each lane, for whole k in [-1022, 1023]: k + 1023 lands in the low mantissa of 2^52 + 1023 + k, then moves up. */
// @ts-ignore: decorator
@inline
function power(k: v128): v128 {
  return i64x2.shl(f64x2.add(k, f64x2.splat(4503599627371519)), 52);
}
