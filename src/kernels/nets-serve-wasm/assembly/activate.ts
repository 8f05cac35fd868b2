// The activations of core/models/net/activate.ts, two doubles at a time.
import { exp } from '../../numerics/assembly/numerics';

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
