// Tree kernels in AssemblyScript: stage by stage the twin of core/learners/gbt/reference.ts; same bits.
// Pointers are byte offsets of the TreeArrays views (core/learners/gbt/layout.ts): 16-byte aligned, little-endian.
// bins: rows x features bytes; rows: i32 pairs (number, gradient << 16 | hessian); gradients: f32 pairs (gradient, hessian);
// a histogram bin is one i64: gradient << 32 | hessian.
// The stub runtime allocates nothing here: memory is laid out by JavaScript.
export { gradientsBinary, gradientsSoftmax, gradientsSquared } from './gradients';
export { histogram, subtract } from './histogram';
export { quantize, quantizeChosen } from './quantize';
export { addLeaves, addTree, markLeaf, partition, sumLeaves } from './rows';

/** Reference binRows, one feature of `count` values at `values`, into bytes `stride` apart and side by side in `column` (0 = not); cuts padded to 256 with infinity. */
export function bin(values: usize, count: i32, cuts: usize, firstStep: i32, out: usize, stride: i32, column: usize): void {
  for (let i = 0; i < count; i++) {
    const value = load<f32>(values + ((<usize>i) << 2));
    let at: usize = 0;
    for (let step: usize = firstStep; step > 0; step >>= 1) {
      at += load<f32>(cuts + ((at + step - 1) << 2)) < value ? step : 0;
    }
    store<u8>(out, value == value ? <u8>(at + 1) : 0);
    out += stride;
  }
  if (column) for (let i = 0; i < count; i++) store<u8>(column + i, load<u8>(out - (count - i) * stride));
}
