// Activations and their slopes on lines x width. Kinds: 0 relu, 1 silu, 2 selu, 3 mish, 4 tanh. Mixed: z + a (f(z) - z) with an a
// of each unit. Plain relu and tanh find their slope from y, all else from z. Rests of a line take the same path, one lane each.
import { exp4, four, logistic4, madd, pick, tanh4 } from './vector';

const RELU = 0;
const SILU = 1;
const SELU = 2;
const MISH = 3;
const TANH = 4;

/** What value and slope share, since the engine does not find that out: silu's logistic, selu's and mish's e^z, tanh. */
// @ts-ignore: decorator
@inline
function core(kind: i32, z: v128): v128 {
  if (kind == SILU) return logistic4(z);
  if (kind == SELU) return exp4(z);
  if (kind == MISH) return exp4(f32x4.pmin(z, four(20)));
  return kind == TANH ? tanh4(z) : z;
}

/** mish: 1 / (e (e + 2) + 2); tanh(softplus(z)) is e (e + 2) times that. */
// @ts-ignore: decorator
@inline
function below(kind: i32, e: v128): v128 {
  return kind == MISH ? f32x4.div(four(1), madd(e, f32x4.add(e, four(2)), four(2))) : e;
}

/** f(z), of c = core and b = below. */
// @ts-ignore: decorator
@inline
function value(kind: i32, z: v128, c: v128, b: v128): v128 {
  if (kind == RELU) return f32x4.pmax(z, four(0));
  if (kind == SILU) return f32x4.mul(z, c);
  if (kind == SELU) return pick(f32x4.mul(z, four(1.0507009873554805)), f32x4.mul(f32x4.sub(c, four(1)), four(1.7580993408473766)), f32x4.gt(z, four(0)));
  if (kind == MISH) return f32x4.mul(z, f32x4.mul(f32x4.mul(c, f32x4.add(c, four(2))), b));
  return c;
}

/** f'(z), of c = core and b = below; relu's z may be its y. */
// @ts-ignore: decorator
@inline
function slope(kind: i32, z: v128, c: v128, b: v128): v128 {
  if (kind == RELU) return v128.and(f32x4.gt(z, four(0)), four(1));
  if (kind == SILU) return madd(f32x4.mul(z, c), f32x4.sub(four(1), c), c);
  if (kind == SELU) return pick(four(1.0507009873554805), f32x4.mul(c, four(1.7580993408473766)), f32x4.gt(z, four(0)));
  if (kind == MISH) {
    const steep = f32x4.mul(f32x4.mul(four(4), c), f32x4.mul(f32x4.mul(f32x4.add(c, four(1)), b), b));
    return madd(f32x4.pmin(z, four(20)), steep, f32x4.mul(f32x4.mul(c, f32x4.add(c, four(2))), b));
  }
  return f32x4.sub(four(1), f32x4.mul(c, c));
}

/** f(z) of z alone. */
// @ts-ignore: decorator
@inline
function valueOf(kind: i32, z: v128): v128 {
  const c = core(kind, z);
  return value(kind, z, c, below(kind, c));
}

/** f'(z), from y where that is enough (relu, tanh). */
// @ts-ignore: decorator
@inline
function slopeOf(kind: i32, source: v128): v128 {
  const c = kind == TANH ? source : core(kind, source);
  return slope(kind, source, c, below(kind, c));
}

// @ts-ignore: decorator
@inline
function all(kind: i32, z: usize, y: usize, from: usize, to: usize): void {
  let at = from << 2;
  const end = to << 2;
  for (; at + 16 <= end; at += 16) v128.store(y + at, valueOf(kind, v128.load(z + at)));
  for (; at < end; at += 4) v128.store32_lane(y + at, valueOf(kind, v128.load32_zero(z + at)), 0);
}

// @ts-ignore: decorator
@inline
function mixed(kind: i32, z: v128, a: v128): v128 {
  return madd(a, f32x4.sub(valueOf(kind, z), z), z);
}

// @ts-ignore: decorator
@inline
function allMixed(kind: i32, z: usize, y: usize, from: usize, to: usize, width: usize, mix: usize): void {
  let at = (from * width) << 2;
  for (let r = from; r < to; r++) {
    let j: usize = 0;
    for (; j + 4 <= width; j += 4, at += 16) v128.store(y + at, mixed(kind, v128.load(z + at), v128.load(mix + (j << 2))));
    for (; j < width; j++, at += 4) v128.store32_lane(y + at, mixed(kind, v128.load32_zero(z + at), v128.load32_zero(mix + (j << 2))), 0);
  }
}

/** y = f(z), or z + a (f(z) - z) with a at `mix`. */
export function activate(z: usize, y: usize, from: usize, to: usize, width: usize, kind: i32, mix: usize): void {
  if (mix) {
    if (kind == RELU) allMixed(RELU, z, y, from, to, width, mix);
    else if (kind == SILU) allMixed(SILU, z, y, from, to, width, mix);
    else if (kind == SELU) allMixed(SELU, z, y, from, to, width, mix);
    else if (kind == MISH) allMixed(MISH, z, y, from, to, width, mix);
    else allMixed(TANH, z, y, from, to, width, mix);
    return;
  }
  const first = from * width;
  const last = to * width;
  if (kind == RELU) all(RELU, z, y, first, last);
  else if (kind == SILU) all(SILU, z, y, first, last);
  else if (kind == SELU) all(SELU, z, y, first, last);
  else if (kind == MISH) all(MISH, z, y, first, last);
  else all(TANH, z, y, first, last);
}

// @ts-ignore: decorator
@inline
function backAll(kind: i32, source: usize, dy: usize, dz: usize, from: usize, to: usize): void {
  let at = from << 2;
  const end = to << 2;
  for (; at + 16 <= end; at += 16) {
    const s = v128.load(source + at);
    v128.store(dz + at, f32x4.mul(v128.load(dy + at), slopeOf(kind, s)));
  }
  for (; at < end; at += 4) {
    const s = v128.load32_zero(source + at);
    v128.store32_lane(dz + at, f32x4.mul(v128.load32_zero(dy + at), slopeOf(kind, s)), 0);
  }
}

/** dz = dy (1 + a (f'(z) - 1)), da += sum of dy (f(z) - z). */
// @ts-ignore: decorator
@inline
function backMixed(kind: i32, z: usize, dy: usize, dz: usize, from: usize, to: usize, width: usize, mix: usize, dmix: usize): void {
  let at = (from * width) << 2;
  for (let r = from; r < to; r++) {
    let j: usize = 0;
    for (; j + 4 <= width; j += 4, at += 16) {
      const own = j << 2;
      const s = v128.load(z + at);
      const d = v128.load(dy + at);
      const c = core(kind, s);
      const b = below(kind, c);
      v128.store(dmix + own, madd(d, f32x4.sub(value(kind, s, c, b), s), v128.load(dmix + own)));
      v128.store(dz + at, f32x4.mul(d, madd(v128.load(mix + own), f32x4.sub(slope(kind, s, c, b), four(1)), four(1))));
    }
    for (; j < width; j++, at += 4) {
      const own = j << 2;
      const s = v128.load32_zero(z + at);
      const d = v128.load32_zero(dy + at);
      const c = core(kind, s);
      const b = below(kind, c);
      v128.store32_lane(dmix + own, madd(d, f32x4.sub(value(kind, s, c, b), s), v128.load32_zero(dmix + own)), 0);
      v128.store32_lane(dz + at, f32x4.mul(d, madd(v128.load32_zero(mix + own), f32x4.sub(slope(kind, s, c, b), four(1)), four(1))), 0);
    }
  }
}

/** dz = dy times the slope; dmix += when mixed. Plain relu and tanh read y, all else z. */
export function backActivate(z: usize, y: usize, dy: usize, dz: usize, from: usize, to: usize, width: usize, kind: i32, mix: usize, dmix: usize): void {
  if (mix) {
    if (kind == RELU) backMixed(RELU, z, dy, dz, from, to, width, mix, dmix);
    else if (kind == SILU) backMixed(SILU, z, dy, dz, from, to, width, mix, dmix);
    else if (kind == SELU) backMixed(SELU, z, dy, dz, from, to, width, mix, dmix);
    else if (kind == MISH) backMixed(MISH, z, dy, dz, from, to, width, mix, dmix);
    else backMixed(TANH, z, dy, dz, from, to, width, mix, dmix);
    return;
  }
  const first = from * width;
  const last = to * width;
  if (kind == RELU) backAll(RELU, y, dy, dz, first, last);
  else if (kind == SILU) backAll(SILU, z, dy, dz, first, last);
  else if (kind == SELU) backAll(SELU, z, dy, dz, first, last);
  else if (kind == MISH) backAll(MISH, z, dy, dz, first, last);
  else backAll(TANH, y, dy, dz, first, last);
}
