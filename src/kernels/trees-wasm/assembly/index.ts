// Tree kernels in AssemblyScript: stage by stage the twin of core/learners/gbt/reference.ts; same bits.
// Pointers are byte offsets of the TreeArrays views (core/learners/gbt/layout.ts): 16-byte aligned, little-endian.
// bins: rows x features bytes; packed: i32 gradient << 16 | hessian; a histogram bin is one i64: gradient << 32 | hessian.
// The stub runtime allocates nothing here: memory is laid out by JavaScript.
export { gradientsBinary, gradientsSoftmax, gradientsSquared } from './gradients';
export { histogram, subtract } from './histogram';
export { addLeaf, addTree, leafSums, partition, selectAll } from './rows';

/** Reference binRows, one feature of `count` values at `values`, into bytes `stride` apart; cuts padded to 256 with infinity. */
export function bin(values: usize, count: i32, cuts: usize, firstStep: i32, out: usize, stride: i32): void {
  for (let i = 0; i < count; i++) {
    const value = load<f32>(values + ((<usize>i) << 2));
    let at: usize = 0;
    for (let step: usize = firstStep; step > 0; step >>= 1) {
      at += load<f32>(cuts + ((at + step - 1) << 2)) < value ? step : 0;
    }
    store<u8>(out, value == value ? <u8>(at + 1) : 0);
    out += stride;
  }
}

/** Largest absolute value of n singles. */
export function largest(values: usize, n: i32): f32 {
  let top4 = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) top4 = f32x4.max(top4, f32x4.abs(v128.load(values + ((<usize>i) << 2))));
  let top: f32 = max(max(f32x4.extract_lane(top4, 0), f32x4.extract_lane(top4, 1)), max(f32x4.extract_lane(top4, 2), f32x4.extract_lane(top4, 3)));
  for (; i < n; i++) top = max(top, abs(load<f32>(values + ((<usize>i) << 2))));
  return top;
}

/** Reference quantize. */
export function quantize(gradients: usize, hessians: usize, packed: usize, n: i32, gradientScale: f64, hessianScale: f64, key: u32): void {
  for (let row = 0; row < n; row++) {
    const at = (<usize>row) << 2;
    const bits = mix32(key ^ <u32>row);
    const gradient = <i32>floor(<f64>load<f32>(gradients + at) * gradientScale + <f64>(bits >>> 16) / 65536);
    const exact = <f64>load<f32>(hessians + at);
    const hessian = exact > 0 ? max(1, <i32>floor(exact * hessianScale + <f64>(bits & 0xffff) / 65536)) : 0;
    store<i32>(packed + at, (gradient << 16) | hessian);
  }
}

/** base/random mix32. */
// @ts-ignore: decorator
@inline
function mix32(x: u32): u32 {
  x = (x ^ (x >>> 16)) * 0x7feb352d;
  x = (x ^ (x >>> 15)) * 0x846ca68b;
  return x ^ (x >>> 16);
}
