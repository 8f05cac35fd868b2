// Exact sums of gradients and hessians by leaf: the arithmetic that every kernel follows.
// Each value times a power of two (leafScale) is rounded to the nearest integer, ties to even; integers below 2^51 in all add
// exactly in any order, so neither the order of rows nor threads can change a bit. A row errs by at most 2^-51 of rows times range.
import { leafScale } from './kernels.ts';

/** Adding and taking away 1.5 * 2^52 rounds |x| < 2^51 to the nearest integer, ties to even. */
export const ROUNDER = 6755399441055744;

/**
 * Fills `sums` (pairs) for leaves 0 to `leaves` - 1 from the pairs `gradients`; leafOf above takes no part. `mostGradient` and
 * `mostHessian` are the ranges of the output: no value exceeds them. `rows` is the number of rows of the plan.
 */
export function sumByLeaf(gradients: Float32Array, at: number, leafOf: Uint16Array, rows: number, leaves: number, mostGradient: number, mostHessian: number, sums: Float64Array): void {
  const gradientScale = leafScale(mostGradient, rows);
  const hessianScale = leafScale(mostHessian, rows);
  sums.fill(0, 0, 2 * leaves);
  for (let row = 0; row < rows; row++) {
    const leaf = leafOf[row];
    if (leaf >= leaves) continue;
    sums[2 * leaf] += gradients[at + 2 * row] * gradientScale + ROUNDER - ROUNDER;
    sums[2 * leaf + 1] += gradients[at + 2 * row + 1] * hessianScale + ROUNDER - ROUNDER;
  }
  for (let leaf = 0; leaf < leaves; leaf++) {
    sums[2 * leaf] = gradientScale > 0 ? sums[2 * leaf] / gradientScale : 0;
    sums[2 * leaf + 1] = hessianScale > 0 ? sums[2 * leaf + 1] / hessianScale : 0;
  }
}
