// Dropout: y = z * dropMask of core/learners/mlp/net-kernels.ts, bit by bit the same mask; element i reads 16 bits of word i >> 1.
// The hash is lowbias32 chained over (seed, stream, counter) as in core/base/random.ts; four words a time make eight elements.

function mix(x: u32): u32 {
  x = (x ^ (x >> 16)) * 0x7feb352d;
  x = (x ^ (x >> 15)) * 0x846ca68b;
  return x ^ (x >> 16);
}

// @ts-ignore: decorator
@inline
function mix4(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

// @ts-ignore: decorator
@inline
function one(z: usize, y: usize, i: usize, key: u32, bar: u32, kept: f32): void {
  const word = mix(key ^ <u32>(i >> 1));
  const bits = i & 1 ? word >> 16 : word & 0xffff;
  store<f32>(y + (i << 2), load<f32>(z + (i << 2)) * (bits >= bar ? kept : <f32>0));
}

/** Elements [from, to) of the layer; the mask of element i is a function of (seed, stream, i) alone. */
export function drop(z: usize, y: usize, from: usize, to: usize, seed: i32, stream: i32, bar: i32, kept: f32): void {
  const key = mix(mix(<u32>seed + 0x9e3779b9) ^ <u32>stream);
  let i = from;
  if (i & 1 && i < to) one(z, y, i++, key, bar, kept);
  const keys = i32x4.splat(<i32>key);
  const bars = i32x4.splat(bar);
  const value = f32x4.splat(kept);
  let counter = i32x4.add(i32x4.splat(<i32>(i >> 1)), i32x4(0, 1, 2, 3));
  for (; i + 8 <= to; i += 8) {
    const words = mix4(v128.xor(keys, counter));
    counter = i32x4.add(counter, i32x4.splat(4));
    const even = v128.and(i32x4.ge_s(v128.and(words, i32x4.splat(0xffff)), bars), value);
    const odd = v128.and(i32x4.ge_s(i32x4.shr_u(words, 16), bars), value);
    const at = i << 2;
    v128.store(y + at, f32x4.mul(v128.load(z + at), v128.shuffle<i32>(even, odd, 0, 4, 1, 5)));
    v128.store(y + at, f32x4.mul(v128.load(z + at, 16), v128.shuffle<i32>(even, odd, 2, 6, 3, 7)), 16);
  }
  for (; i < to; i++) one(z, y, i, key, bar, kept);
}
