// What works on lines element by element, and layer norm. `width` is a line's own; `filled` is filled up to 8, in doubles.
const EPSILON: f64 = 1e-5;

/** z *= values, line by line; `own` lines of values come round (1, or the members). */
export function scaleLines(z: usize, count: i32, filled: i32, values: usize, own: i32): void {
  const bytes = (<usize>filled) << 3;
  let m = 0;
  let v = values;
  for (let line = 0; line < count; line++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(z + at, f64x2.mul(v128.load(z + at), v128.load(v + at)));
    z += bytes;
    v += bytes;
    if (++m == own) {
      m = 0;
      v = values;
    }
  }
}

/** z += values, likewise. */
export function shiftLines(z: usize, count: i32, filled: i32, values: usize, own: i32): void {
  const bytes = (<usize>filled) << 3;
  let m = 0;
  let v = values;
  for (let line = 0; line < count; line++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(z + at, f64x2.add(v128.load(z + at), v128.load(v + at)));
    z += bytes;
    v += bytes;
    if (++m == own) {
      m = 0;
      v = values;
    }
  }
}

/** z = z gain + bias. */
export function affineLines(z: usize, count: i32, filled: i32, gain: usize, bias: usize): void {
  const bytes = (<usize>filled) << 3;
  for (let line = 0; line < count; line++, z += bytes) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(z + at, f64x2.add(f64x2.mul(v128.load(z + at), v128.load(gain + at)), v128.load(bias + at)));
  }
}

/** z += other, `bytes` of each. */
export function addLines(z: usize, other: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(z + at, f64x2.add(v128.load(z + at), v128.load(other + at)));
}

/** Each of `count` lines `members` times in a row. */
export function spreadLines(z: usize, count: i32, filled: i32, members: i32, out: usize): void {
  const bytes = (<usize>filled) << 3;
  for (let line = 0; line < count; line++, z += bytes) {
    for (let m = 0; m < members; m++, out += bytes) memory.copy(out, z, bytes);
  }
}

/** (z - mean) / sqrt(variance + epsilon), then gain and bias; sums in four parts, unit u in part u % 4, added as (0 + 1) + (2 + 3). */
export function normLines(z: usize, count: i32, width: i32, filled: i32, gain: usize, bias: usize): void {
  const bytes = (<usize>filled) << 3;
  const whole = (<usize>(width & ~3)) << 3;
  for (let line = 0; line < count; line++, z += bytes) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    for (let at: usize = 0; at < whole; at += 32) {
      a = f64x2.add(a, v128.load(z + at));
      b = f64x2.add(b, v128.load(z + at, 16));
    }
    const left = v128.load(z + whole);
    const right = v128.load(z + whole, 16);
    const mean = sum(width, a, b, left, right) / <f64>width;
    const wide = f64x2.splat(mean);
    a = f64x2.splat(0);
    b = f64x2.splat(0);
    for (let at: usize = 0; at < whole; at += 32) {
      const x = f64x2.sub(v128.load(z + at), wide);
      const y = f64x2.sub(v128.load(z + at, 16), wide);
      a = f64x2.add(a, f64x2.mul(x, x));
      b = f64x2.add(b, f64x2.mul(y, y));
    }
    const x = f64x2.sub(left, wide);
    const y = f64x2.sub(right, wide);
    const scale = f64x2.splat(1 / sqrt<f64>(sum(width, a, b, f64x2.mul(x, x), f64x2.mul(y, y)) / <f64>width + EPSILON));
    for (let at: usize = 0; at < bytes; at += 16) {
      const one = f64x2.mul(f64x2.sub(v128.load(z + at), wide), scale);
      v128.store(z + at, f64x2.add(f64x2.mul(one, v128.load(gain + at)), v128.load(bias + at)));
    }
  }
}

/** The four parts with what is left of them (the first width % 4 of left and right), added. */
// @ts-ignore: decorator
@inline
function sum(width: i32, a: v128, b: v128, left: v128, right: v128): f64 {
  const rest = width & 3;
  let s0 = f64x2.extract_lane(a, 0);
  let s1 = f64x2.extract_lane(a, 1);
  let s2 = f64x2.extract_lane(b, 0);
  const s3 = f64x2.extract_lane(b, 1);
  if (rest > 0) s0 += f64x2.extract_lane(left, 0);
  if (rest > 1) s1 += f64x2.extract_lane(left, 1);
  if (rest > 2) s2 += f64x2.extract_lane(right, 0);
  return s0 + s1 + (s2 + s3);
}
