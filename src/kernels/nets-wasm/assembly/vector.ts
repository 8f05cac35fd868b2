// Four floats at a time: multiply-add, and exp, log, sine, cosine, logistic and tanh to a few ulp (polynomials of Cephes,
// Moshier). No finite number gives NaN, and NaN stays NaN: who trains must see it. pmin and pmax are one instruction each where
// min and max are six; with the value first they let NaN pass.

/** a b + c: two roundings, or one where relaxed SIMD is compiled for and the machine has it. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
export function four(x: f32): v128 {
  return f32x4.splat(x);
}

/** Lanes of `a` where `mask`, else of `b`. */
// @ts-ignore: decorator
@inline
export function pick(a: v128, b: v128, mask: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** Sum of the lanes, in a fixed order. */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** Sum of the lanes in double. */
// @ts-ignore: decorator
@inline
export function sumWide(v: v128): f64 {
  return <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1) + (<f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3));
}

/** e^x; 0 below -87.3 (no denormals), and no more than e^88.3 = 2.2e38. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const isNone = f32x4.lt(x, four(-87.3));
  x = f32x4.pmin(x, four(88.3));
  const shifted = madd(x, four(1.44269504088896341), four(12582912));
  const k = f32x4.sub(shifted, four(12582912));
  let r = f32x4.sub(x, f32x4.mul(k, four(0.693359375)));
  r = madd(k, four(2.12194440e-4), r);
  let q = madd(four(1.9875691500e-4), r, four(1.3981999507e-3));
  q = madd(q, r, four(8.3334519073e-3));
  q = madd(q, r, four(4.1665795894e-2));
  q = madd(q, r, four(1.6666665459e-1));
  q = madd(q, r, four(5.0000001201e-1));
  q = f32x4.add(madd(q, f32x4.mul(r, r), r), four(1));
  return v128.andnot(f32x4.mul(q, i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23)), isNone);
}

/** Natural logarithm; what is below 1.2e-38 counts as that. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  x = f32x4.pmax(x, four(1.17549435e-38));
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(m, four(0.707106781186547524));
  e = f32x4.sub(e, v128.and(low, four(1)));
  m = f32x4.sub(f32x4.add(m, v128.and(low, m)), four(1));
  const z = f32x4.mul(m, m);
  let q = madd(four(7.0376836292e-2), m, four(-1.1514610310e-1));
  q = madd(q, m, four(1.1676998740e-1));
  q = madd(q, m, four(-1.2420140846e-1));
  q = madd(q, m, four(1.4249322787e-1));
  q = madd(q, m, four(-1.6668057665e-1));
  q = madd(q, m, four(2.0000714765e-1));
  q = madd(q, m, four(-2.4999993993e-1));
  q = madd(q, m, four(3.3333331174e-1));
  q = f32x4.mul(f32x4.mul(q, m), z);
  q = madd(e, four(-2.12194440e-4), q);
  q = madd(z, four(-0.5), q);
  const y = madd(e, four(0.693359375), f32x4.add(m, q));
  return pick(y, x, f32x4.eq(x, x));
}

// sin(2 pi u) and cos(2 pi u), in parts that both share: turns leave no error of reduction, since u - round(u) is exact.

/** u to [-1/2, 1/2]. */
// @ts-ignore: decorator
@inline
export function partOfTurn(u: v128): v128 {
  return f32x4.sub(u, f32x4.nearest(u));
}

/** The nearest quarter, as a whole number in the low bits of 1.5 * 2^23. */
// @ts-ignore: decorator
@inline
export function quarterOf(part: v128): v128 {
  return madd(part, four(4), four(12582912));
}

/** What is left of the quarter, as an angle of at most pi / 4. */
// @ts-ignore: decorator
@inline
export function angleOf(part: v128, quarter: v128): v128 {
  return f32x4.mul(madd(f32x4.sub(quarter, four(12582912)), four(-0.25), part), four(6.283185307179586));
}

// @ts-ignore: decorator
@inline
export function nearSine(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let s = madd(four(-1.9515295891e-4), z, four(8.3321608736e-3));
  s = madd(s, z, four(-1.6666654611e-1));
  return madd(f32x4.mul(s, z), x, x);
}

// @ts-ignore: decorator
@inline
export function nearCosine(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let c = madd(four(2.443315711809948e-5), z, four(-1.388731625493765e-3));
  c = madd(c, z, four(4.166664568298827e-2));
  return madd(f32x4.mul(c, z), z, madd(z, four(-0.5), four(1)));
}

/** sin (more 0) or cos (more 1) of the angle and its quarter, by nearSine and nearCosine of the angle. */
// @ts-ignore: decorator
@inline
export function turned(sine: v128, cosine: v128, quarter: v128, more: i32): v128 {
  const k = i32x4.add(quarter, i32x4.splat(more));
  const isOdd = i32x4.ne(v128.and(k, i32x4.splat(1)), i32x4.splat(0));
  return v128.xor(pick(cosine, sine, isOdd), i32x4.shl(v128.and(k, i32x4.splat(2)), 30));
}

/** 1 / (1 + e^-x), as e^x / (1 + e^x) below 0, so that it ends in 0. */
// @ts-ignore: decorator
@inline
export function logistic4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  return f32x4.div(pick(e, four(1), f32x4.lt(x, four(0))), f32x4.add(four(1), e));
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const far = f32x4.sub(four(1), f32x4.div(four(2), f32x4.add(exp4(f32x4.add(size, size)), four(1))));
  const z = f32x4.mul(x, x);
  let q = madd(four(-5.70498872745e-3), z, four(2.06390887954e-2));
  q = madd(q, z, four(-5.37397155531e-2));
  q = madd(q, z, four(1.33314422036e-1));
  q = madd(q, z, four(-3.33332819422e-1));
  const near = madd(f32x4.mul(q, z), x, x);
  return pick(near, v128.or(far, v128.and(x, i32x4.splat(0x80000000))), f32x4.lt(size, four(0.625)));
}
