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

/** The best split over `features` (ascending), or null when none gains more than minGain. `slot` starts at word `at`. */
export function findSplit(histograms: Int32Array, at: number, plan: TreePlan, offsets: Int32Array, features: Int32Array, totals: LeafTotals, units: Units, rules: SplitRules): Split | null {
  const G = totals.gradient;
  const H = totals.hessian;
  const { l2 } = rules;
  const ug = units.gradient;
  const uh = units.hessian;
  const least = Math.max(1, Math.ceil((rules.minLeafRows * H) / totals.rows));
  const parent = (G * ug * (G * ug)) / (H * uh + l2);
  const floor = parent + rules.minGain;
  let best = floor > 0 ? floor * (1 + 1e-12) : 0;
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
      if (hasMissing) {
        const lh = h + mh;
        const rh = H - lh;
        if (lh >= least && rh >= least) {
          const a = (g + mg) * ug;
          const b = (G - g - mg) * ug;
          const score = (a * a) / (lh * uh + l2) + (b * b) / (rh * uh + l2);
          if (score > best) { best = score; feature = f; bin = (j - start) >> 1; missingLeft = true; leftG = g + mg; leftH = lh; }
        }
      }
      const rh = H - h;
      if (rh < least) break;
      if (h >= least) {
        const a = g * ug;
        const b = (G - g) * ug;
        const score = (a * a) / (h * uh + l2) + (b * b) / (rh * uh + l2);
        if (score > best) { best = score; feature = f; bin = (j - start) >> 1; missingLeft = !hasMissing && h > rh; leftG = g; leftH = h; }
      }
    }
  }
  return feature < 0 ? null : { gain: best - parent, feature, bin, missingLeft, gradient: leftG, hessian: leftH };
}
