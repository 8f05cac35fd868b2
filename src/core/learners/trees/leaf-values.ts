// Values of leaves from their exact sums: -(G soft L1) / (H + L2), within the bounds that monotone splits set.
// Bounds of two sides of a monotone split meet in one number, and clamping, a rate above 0 and rounding to single never swap two
// numbers; so the order that the signs ask holds in the stored values too.
import type { TreeLeaf } from './grow.ts';

/** The value that lowers the loss most, free of bounds; 0 without evidence. */
export function leafStep(gradient: number, hessian: number, l1: number, l2: number): number {
  const soft = gradient > l1 ? gradient - l1 : gradient < -l1 ? gradient + l1 : 0;
  return hessian + l2 > 0 && soft !== 0 ? -soft / (hessian + l2) : 0;
}

/** A leaf's value within its bounds, and `most` in size. */
export const boundStep = (value: number, leaf: Pick<TreeLeaf, 'low' | 'high'>, most = Infinity): number => Math.min(most, leaf.high, Math.max(-most, leaf.low, value));
