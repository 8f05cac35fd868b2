// One optimiser step over elements [from, to) of the flat vectors, and sums over them. Element-wise: any split gives the same bits.
import { four, madd } from './vector';

/** w -= rate * (r m' / (sqrt(v') + epsilon) + d w); g is multiplied with `clip` first; unbias = 1 / (1 - beta^t). */
export function adamw(
  w: usize, g: usize, m: usize, v: usize, from: usize, to: usize, rate: f32, r: f32, d: f32,
  beta1: f64, beta2: f64, epsilon: f32, unbias1: f32, unbias2: f32, clip: f32,
): void {
  const pace = rate * r;
  const shrink = rate * d;
  const keep1 = <f32>beta1;
  const rest1 = <f32>(1 - beta1);
  const keep2 = <f32>beta2;
  const rest2 = <f32>(1 - beta2);
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const at = i << 2;
    const grad = f32x4.mul(v128.load(g + at), four(clip));
    const first = madd(four(keep1), v128.load(m + at), f32x4.mul(four(rest1), grad));
    const second = madd(four(keep2), v128.load(v + at), f32x4.mul(four(rest2), f32x4.mul(grad, grad)));
    v128.store(m + at, first);
    v128.store(v + at, second);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, four(unbias2))), four(epsilon));
    const old = v128.load(w + at);
    const kept = f32x4.sub(old, f32x4.mul(four(shrink), old));
    v128.store(w + at, f32x4.sub(kept, f32x4.div(f32x4.mul(four(pace), f32x4.mul(first, four(unbias1))), root)));
  }
  for (; i < to; i++) {
    const at = i << 2;
    const grad = four(load<f32>(g + at) * clip);
    const first = madd(four(keep1), v128.load32_zero(m + at), f32x4.mul(four(rest1), grad));
    const second = madd(four(keep2), v128.load32_zero(v + at), f32x4.mul(four(rest2), f32x4.mul(grad, grad)));
    v128.store32_lane(m + at, first, 0);
    v128.store32_lane(v + at, second, 0);
    const root: f32 = sqrt(f32x4.extract_lane(second, 0) * unbias2) + epsilon;
    const old = load<f32>(w + at);
    store<f32>(w + at, old - shrink * old - (pace * (f32x4.extract_lane(first, 0) * unbias1)) / root);
  }
}

/** m = beta1 m + g clip, w -= rate * (r m + d w). */
export function sgd(w: usize, g: usize, m: usize, from: usize, to: usize, rate: f32, r: f32, d: f32, beta1: f32, clip: f32): void {
  const pace = rate * r;
  const shrink = rate * d;
  for (let i = from; i < to; i++) {
    const at = i << 2;
    const first = beta1 * load<f32>(m + at) + load<f32>(g + at) * clip;
    store<f32>(m + at, first);
    const old = load<f32>(w + at);
    store<f32>(w + at, old - shrink * old - pace * first);
  }
}

/** Sum of squares in double, in order of two lanes. */
export function sumSquares(x: usize, from: usize, to: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let at = x + (from << 2);
  const end = x + (to << 2);
  for (; at + 16 <= end; at += 16) {
    const v = v128.load(at);
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const both = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; at < end; at += 4) sum += <f64>load<f32>(at) * <f64>load<f32>(at);
  return sum;
}

/** out = slice 0 + slice 1 + ... in that order; slices lie `stride` floats apart. */
export function addSlices(g: usize, stride: usize, slices: usize, out: usize, from: usize, to: usize): void {
  const step = stride << 2;
  let i = from;
  for (; i + 16 <= to; i += 16) {
    let at = g + (i << 2);
    let a = v128.load(at);
    let b = v128.load(at, 16);
    let c = v128.load(at, 32);
    let d = v128.load(at, 48);
    for (let s: usize = 1; s < slices; s++) {
      at += step;
      a = f32x4.add(a, v128.load(at));
      b = f32x4.add(b, v128.load(at, 16));
      c = f32x4.add(c, v128.load(at, 32));
      d = f32x4.add(d, v128.load(at, 48));
    }
    const to4 = out + (i << 2);
    v128.store(to4, a);
    v128.store(to4, b, 16);
    v128.store(to4, c, 32);
    v128.store(to4, d, 48);
  }
  for (; i < to; i++) {
    let at = g + (i << 2);
    let a = load<f32>(at);
    for (let s: usize = 1; s < slices; s++) {
      at += step;
      a += load<f32>(at);
    }
    store<f32>(out + (i << 2), a);
  }
}
