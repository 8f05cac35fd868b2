// Best split of one leaf from its histogram of integer sums.
// Gain is the second-order gain of Friedman with L2 (twice the fall of the loss), in doubles from exact integers; missing
// rows try both sides; ties go to the lowest feature, then the lowest bin, then missing left, so every backend grows the
// same tree. Row counts of a side are estimated from its hessian share, as LightGBM does; exact where hessians are equal.
import type { TreePlan } from './kernels.ts';

/** Sums of a leaf in quanta; gradients and hessians are worth `units` each. */
export type LeafTotals = { gradient: number; hessian: number; rows: number };
export type Units = { gradient: number; hessian: number };
export type SplitRules = { l2: number; minGain: number; minLeafRows: number };
/** `bin` goes left with all below it; sums are those of the left side. */
export type Split = { gain: number; feature: number; bin: number; missingLeft: boolean; gradient: number; hessian: number };

/**
 * The best split over `features` (ascending), or null when none gains more than minGain. `slot` starts at word `at`.
 * In quanta, with L2 in quanta of the hessian, a split's score is (GL^2 HR + GR^2 HL) / (HL HR), each H with L2 added;
 * scores are compared crosswise, without a division, and equal fractions stay equal.
 */
export function findSplit(histograms: Int32Array, at: number, plan: TreePlan, offsets: Int32Array, features: Int32Array, totals: LeafTotals, units: Units, rules: SplitRules): Split | null {
  const G = totals.gradient;
  const H = totals.hessian;
  const scale = (units.gradient * units.gradient) / units.hessian;
  if (!(scale > 0)) return null;
  const l2 = rules.l2 / units.hessian;
  const least = Math.max(1, Math.ceil((rules.minLeafRows * H) / totals.rows));
  const parent = (G * G) / (H + l2);
  let bestTop = (parent + rules.minGain / scale) * (1 + 1e-12);
  let bestUnder = 1;
  let feature = -1;
  let bin = 0;
  let missingLeft = false;
  let leftG = 0;
  let leftH = 0;
  for (let i = 0; i < features.length; i++) {
    const f = features[i];
    const start = at + 2 * offsets[f];
    const end = start + 2 * plan.bins[f];
    const mh = histograms[start];
    const mg = histograms[start + 1];
    const hasMissing = mh !== 0;
    let h = 0;
    let g = 0;
    for (let j = start + 2; j < end; j += 2) {
      const bh = histograms[j];
      if (bh === 0) continue;
      h += bh;
      g += histograms[j + 1];
      if (hasMissing && h + mh >= least && H - h - mh >= least) {
        const a = g + mg;
        const b = G - a;
        const hl = h + mh + l2;
        const hr = H - h - mh + l2;
        const top = a * a * hr + b * b * hl;
        const under = hl * hr;
        if (top * bestUnder > bestTop * under) { bestTop = top; bestUnder = under; feature = f; bin = (j - start) >> 1; missingLeft = true; leftG = a; leftH = h + mh; }
      }
      if (H - h < least) break;
      if (h >= least) {
        const b = G - g;
        const hl = h + l2;
        const hr = H - h + l2;
        const top = g * g * hr + b * b * hl;
        const under = hl * hr;
        if (top * bestUnder > bestTop * under) { bestTop = top; bestUnder = under; feature = f; bin = (j - start) >> 1; missingLeft = !hasMissing && h > H - h; leftG = g; leftH = h; }
      }
    }
  }
  return feature < 0 ? null : { gain: (bestTop / bestUnder - parent) * scale, feature, bin, missingLeft, gradient: leftG, hessian: leftH };
}
