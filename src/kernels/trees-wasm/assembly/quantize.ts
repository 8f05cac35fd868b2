// Gradients to small integers by stochastic rounding: the twin of reference quantize. Four rows at a time where all are taken.
// rows: i32 pairs (number, gradient << 16 | hessian); gradients: f32 pairs of one output; chosen: i32 row numbers.

export function quantize(gradients: usize, rows: usize, n: i32, gradientScale: f64, hessianScale: f64, key: u32): void {
  const scale = f64x2.replace_lane(f64x2.splat(gradientScale), 1, hessianScale);
  const keys = i32x4.splat(key);
  const halves = i32x4.splat(0xffff);
  let row = 0;
  for (; row + 4 <= n; row += 4) {
    const numbers = i32x4.add(i32x4.splat(row), i32x4(0, 1, 2, 3));
    const bits = mix4(v128.xor(keys, numbers));
    const high = i32x4.shr_u(bits, 16);
    const low = v128.and(bits, halves);
    const at = gradients + ((<usize>row) << 3);
    const to = rows + ((<usize>row) << 3);
    const first = packTwo(v128.load(at), v128.shuffle<i32>(high, low, 0, 4, 1, 5), scale);
    const last = packTwo(v128.load(at, 16), v128.shuffle<i32>(high, low, 2, 6, 3, 7), scale);
    v128.store(to, v128.shuffle<i32>(numbers, first, 0, 4, 1, 6));
    v128.store(to, v128.shuffle<i32>(numbers, last, 2, 4, 3, 6), 16);
  }
  for (; row < n; row++) put(gradients, rows + ((<usize>row) << 3), row, gradientScale, hessianScale, key);
}

export function quantizeChosen(gradients: usize, rows: usize, chosen: usize, n: i32, gradientScale: f64, hessianScale: f64, key: u32): void {
  for (let i: usize = 0; i < <usize>n; i++) put(gradients, rows + (i << 3), load<i32>(chosen + (i << 2)), gradientScale, hessianScale, key);
}

function put(gradients: usize, to: usize, row: i32, gradientScale: f64, hessianScale: f64, key: u32): void {
  const at = gradients + ((<usize>row) << 3);
  const bits = mix32(key ^ <u32>row);
  const gradient = <i32>floor(<f64>load<f32>(at) * gradientScale + <f64>(bits >>> 16) / 65536);
  const exact = <f64>load<f32>(at, 4);
  const hessian = exact > 0 ? max(1, <i32>floor(exact * hessianScale + <f64>(bits & 0xffff) / 65536)) : 0;
  store<i32>(to, row);
  store<i32>(to, (gradient << 16) | hessian, 4);
}

/** Two (gradient, hessian) pairs -> gradient << 16 | hessian in lanes 0 and 2; chances holds the four 16-bit numbers. */
// @ts-ignore: decorator
@inline
function packTwo(pairs: v128, chances: v128, scale: v128): v128 {
  const first = roundTwo(pairs, chances, scale);
  const second = roundTwo(v128.shuffle<i64>(pairs, pairs, 1, 1), v128.shuffle<i64>(chances, chances, 1, 1), scale);
  let whole = v128.shuffle<i64>(first, second, 0, 2);
  const least = v128.and(f32x4.gt(pairs, f32x4.splat(0)), i32x4(0, 1, 0, 1));
  whole = i32x4.max_s(whole, v128.or(least, i32x4(i32.MIN_VALUE, 0, i32.MIN_VALUE, 0)));
  return v128.or(i32x4.shl(whole, 16), i64x2.shr_u(whole, 32));
}

// @ts-ignore: decorator
@inline
function roundTwo(pair: v128, chances: v128, scale: v128): v128 {
  const exact = f64x2.mul(f64x2.promote_low_f32x4(pair), scale);
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(exact, f64x2.mul(f64x2.convert_low_i32x4_u(chances), f64x2.splat(1.0 / 65536)))));
}

/** base/random mix32. */
// @ts-ignore: decorator
@inline
function mix32(x: u32): u32 {
  x = (x ^ (x >>> 16)) * 0x7feb352d;
  x = (x ^ (x >>> 15)) * 0x846ca68b;
  return x ^ (x >>> 16);
}

// @ts-ignore: decorator
@inline
function mix4(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
