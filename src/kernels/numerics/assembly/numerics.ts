// exp and log of core/base/numerics, the same bits: exp two doubles at a time, its cases selected, not branched; beyond 700 in size,
// or NaN, a lane goes its way alone. log one at a time.

export function exp(x: v128): v128 {
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

/** Positive normal numbers only. */
export function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  const word = <i32>(bits >> 32);
  let k = (word >> 20) - 1023;
  const mantissa = word & 0xfffff;
  const i = (mantissa + 0x95f64) & 0x100000;
  k += i >> 20;
  const f = reinterpret<f64>((<i64>(mantissa | (i ^ 0x3ff00000)) << 32) | (bits & 0xffffffff)) - 1;
  const dk = <f64>k;
  if (f == 0) return dk * 6.93147180369123816490e-1 + dk * 1.90821492927058770002e-10;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const t2 = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = t2 + t1;
  const half = 0.5 * f * f;
  return dk * 6.93147180369123816490e-1 - (half - (s * (half + r) + dk * 1.90821492927058770002e-10) - f);
}

export function log1p(x: f64): f64 {
  const u = 1 + x;
  return u == 1 ? x : (log(u) * x) / (u - 1);
}
