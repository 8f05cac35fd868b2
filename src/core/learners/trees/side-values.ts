// What a leaf or a side of a split is worth, in quanta: its value and how far that lowers the loss (twice, as gains are counted).
// The free case is (sum of G^2 / H) in the one order of operations that kernels.ts fixes; L1, bounds and monotone signs take
// the general one. All kernels compute these doubles in exactly this order.
import type { LeafTotals, SearchRules, Split } from './kernels.ts';

/** A leaf's totals and the rules, in quanta. `plain`: neither L1 nor bounds. */
export type LeafContext = {
  readonly gradient: number;
  readonly hessian: number;
  readonly l1: number;
  readonly l2: number;
  readonly low: number;
  readonly high: number;
  readonly plain: boolean;
  /** Fewest hessian quanta of a side. */
  readonly least: number;
};

/** Real values are quanta times units.gradient / units.hessian. */
export function contextOf(totals: LeafTotals, rules: SearchRules): LeafContext {
  const { gradient, hessian, rows, low, high } = totals;
  const worth = rules.units.gradient / rules.units.hessian;
  return {
    gradient,
    hessian,
    l1: rules.l1 / rules.units.gradient,
    l2: rules.l2 / rules.units.hessian,
    low: low / worth,
    high: high / worth,
    plain: rules.l1 === 0 && low === -Infinity && high === Infinity,
    least: Math.max(1, Math.ceil((rules.minLeafRows * hessian) / rows)),
  };
}

/** The best value of a side with sums g and h (L2 added): -soft(g) / h, within the bounds. */
export function sideValue(leaf: LeafContext, g: number, h: number): number {
  const soft = g > leaf.l1 ? g - leaf.l1 : g < -leaf.l1 ? g + leaf.l1 : 0;
  const free = -soft / h;
  return free < leaf.low ? leaf.low : free > leaf.high ? leaf.high : free;
}

/** Twice what the value w takes off the loss of a side with sums g and h (L2 added). */
export function sideFall(leaf: LeafContext, g: number, h: number, w: number): number {
  return -(2 * g * w + h * w * w + 2 * leaf.l1 * Math.abs(w));
}

/** The score of the leaf as it is. */
export function parentScore(leaf: LeafContext): number {
  const h = leaf.hessian + leaf.l2;
  if (leaf.plain) return (leaf.gradient * leaf.gradient) / h;
  return sideFall(leaf, leaf.gradient, h, sideValue(leaf, leaf.gradient, h));
}

/** The score of a split with left sums a and h; `more` L2 on both sides; `sign` of the monotone effect. -Infinity = against the sign. */
export function splitScore(leaf: LeafContext, a: number, h: number, more: number, sign: number): number {
  const b = leaf.gradient - a;
  const l2 = leaf.l2 + more;
  const hl = h + l2;
  const hr = leaf.hessian - h + l2;
  if (leaf.plain && sign === 0) return (a * a * hr + b * b * hl) / (hl * hr);
  const left = sideValue(leaf, a, hl);
  const right = sideValue(leaf, b, hr);
  if (sign > 0 ? left > right : sign < 0 && left < right) return -Infinity;
  return sideFall(leaf, a, hl, left) + sideFall(leaf, b, hr, right);
}

export type Bounds = { readonly low: number; readonly high: number };

/** Bounds of the two children, in real units: a monotone split parts them at the middle of their values, others hand them on. */
export function childBounds(totals: LeafTotals, split: Split, sign: number, rules: SearchRules): { left: Bounds; right: Bounds } {
  const { low, high } = totals;
  if (sign === 0) return { left: { low, high }, right: { low, high } };
  const leaf = contextOf(totals, rules);
  const left = sideValue(leaf, split.gradient, split.hessian + leaf.l2);
  const right = sideValue(leaf, leaf.gradient - split.gradient, leaf.hessian - split.hessian + leaf.l2);
  const middle = Math.min(high, Math.max(low, ((left + right) / 2) * (rules.units.gradient / rules.units.hessian)));
  const under = { low, high: middle };
  const over = { low: middle, high };
  return sign > 0 ? { left: under, right: over } : { left: over, right: under };
}
