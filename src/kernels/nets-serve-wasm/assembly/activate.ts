// The activations of core/models/net/activate.ts, two doubles at a time. exp is base/numerics's: its cases are selected, not
// branched, which changes no bit; beyond 700 in size, or NaN, a lane goes its way alone.

/** z = f(z), or z + mix (f(z) - z) unless mix is 0, for `count` lines of `width` (filled up to 8). by: relu, silu, selu, mish, tanh. */
export function activateLines(z: usize, count: i32, width: i32, by: i32, mix: usize): void {
  for (let line = 0; line < count; line++) {
    for (let u: usize = 0; u < <usize>width; u += 2, z += 16) {
      const x = v128.load(z);
      const f = by == 0 ? relu(x) : by == 1 ? silu(x) : by == 2 ? selu(x) : by == 3 ? mish(x) : tanh(x);
      v128.store(z, mix ? f64x2.add(x, f64x2.mul(v128.load(mix + (u << 3)), f64x2.sub(f, x))) : f);
    }
  }
}

// @ts-ignore: decorator
@inline
function relu(z: v128): v128 {
  return v128.and(z, f64x2.gt(z, f64x2.splat(0)));
}

// @ts-ignore: decorator
@inline
function silu(z: v128): v128 {
  const one = f64x2.splat(1);
  const e = exp(f64x2.neg(f64x2.abs(z)));
  const share = f64x2.div(v128.bitselect(one, e, f64x2.ge(z, f64x2.splat(0))), f64x2.add(one, e));
  return f64x2.mul(z, share);
}

// @ts-ignore: decorator
@inline
function selu(z: v128): v128 {
  const zero = f64x2.splat(0);
  const scale = f64x2.splat(1.0507009873554805);
  const low = f64x2.mul(f64x2.splat(1.6732632423543772), f64x2.sub(exp(f64x2.min(z, zero)), f64x2.splat(1)));
  return f64x2.mul(scale, v128.bitselect(z, low, f64x2.gt(z, zero)));
}

// @ts-ignore: decorator
@inline
function mish(z: v128): v128 {
  const far = f64x2.splat(40);
  const two = f64x2.splat(2);
  const e = exp(f64x2.min(z, far));
  const t = f64x2.mul(e, f64x2.add(e, two));
  return v128.bitselect(z, f64x2.mul(z, f64x2.div(t, f64x2.add(t, two))), f64x2.gt(z, far));
}

// @ts-ignore: decorator
@inline
function tanh(z: v128): v128 {
  const one = f64x2.splat(1);
  const e = exp(f64x2.mul(f64x2.splat(-2), f64x2.abs(z)));
  const t = f64x2.div(f64x2.sub(one, e), f64x2.add(one, e));
  return v128.bitselect(f64x2.neg(t), t, f64x2.lt(z, f64x2.splat(0)));
}

function exp(x: v128): v128 {
  const near = f64x2.le(f64x2.abs(x), f64x2.splat(700));
  if (!v128.all_true<i64>(near)) return f64x2.replace_lane(f64x2.splat(alone(f64x2.extract_lane(x, 0))), 1, alone(f64x2.extract_lane(x, 1)));
  const half = v128.bitselect(f64x2.splat(-0.5), f64x2.splat(0.5), f64x2.lt(x, f64x2.splat(0)));
  const isFar = f64x2.gt(f64x2.abs(x), f64x2.splat(0.34657359027997264));
  const k = v128.and(f64x2.trunc(f64x2.add(f64x2.mul(f64x2.splat(1.44269504088896338700), x), half)), isFar);
  const hi = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1)));
  const lo = f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10));
  const r = f64x2.sub(hi, lo);
  const t = f64x2.mul(r, r);
  let p = f64x2.mul(t, f64x2.splat(4.13813679705723846039e-8));
  p = f64x2.mul(t, f64x2.add(f64x2.splat(-1.65339022054652515390e-6), p));
  p = f64x2.mul(t, f64x2.add(f64x2.splat(6.61375632143793436117e-5), p));
  p = f64x2.mul(t, f64x2.add(f64x2.splat(-2.77777777770155933842e-3), p));
  const c = f64x2.sub(r, f64x2.mul(t, f64x2.add(f64x2.splat(1.66666666666666019037e-1), p)));
  const q = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(lo, q), hi));
  const power = i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k)), i64x2.splat(1023)), 52);
  return f64x2.mul(y, power);
}

function alone(x: f64): f64 {
  if (x != x) return NaN;
  if (x > 709.782712893383973096) return Infinity;
  if (x < -745.13321910194110842) return 0;
  let hi = x;
  let lo: f64 = 0;
  let k: f64 = 0;
  if (x > 0.34657359027997264 || x < -0.34657359027997264) {
    k = trunc(1.44269504088896338700 * x + (x < 0 ? -0.5 : 0.5));
    hi = x - k * 6.93147180369123816490e-1;
    lo = k * 1.90821492927058770002e-10;
  }
  const r = hi - lo;
  const t = r * r;
  const c = r - t * (1.66666666666666019037e-1 + t * (-2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * (-1.65339022054652515390e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (lo - (r * c) / (2 - c) - hi);
  if (k > 1023) return y * power(1023) * 2;
  if (k < -1022) return y * power(-1022) * power(<i64>k + 1022);
  return y * power(<i64>k);
}

// @ts-ignore: decorator
@inline
function power(k: i64): f64 {
  return reinterpret<f64>((k + 1023) << 52);
}
