// Best split of one leaf from its histogram of integer sums: the rule that every kernel follows to the bit.
// The greatest score wins (side-values.ts, doubles from exact integers); ties go to the lowest feature, then the lowest bin,
// then missing left, and for nominal features to the order of search-nominal.ts. Row counts of a side are estimated from its
// hessian share, as LightGBM does; exact where hessians are equal. Only bins that occur are thresholds: the lowest of equal ones.
import { mix32 } from '../../base/random.ts';
import type { FeaturePlan, Search, SearchRules, Split } from './kernels.ts';
import { searchNominal } from './search-nominal.ts';
import { contextOf, parentScore, splitScore } from './side-values.ts';
import type { LeafContext } from './side-values.ts';

/** The best candidate so far; `score` is at first what must be exceeded. */
export type Best = { score: number; feature: number; bin: number; set: Uint32Array | null; missingLeft: boolean; gradient: number; hessian: number };

/** The best split over search.features (ascending), or null when none gains more than minGain. The slot starts at word `at`. */
export function findSplit(histograms: Int32Array, at: number, offsets: Int32Array, features: readonly FeaturePlan[], search: Pick<Search, 'totals' | 'features'>, rules: SearchRules): Split | null {
  const scale = (rules.units.gradient * rules.units.gradient) / rules.units.hessian;
  if (!(scale > 0) || !(scale < Infinity) || search.totals.hessian <= 0) return null;
  const leaf = contextOf(search.totals, rules);
  const parent = parentScore(leaf);
  const best: Best = { score: (parent + rules.minGain / scale) * (1 + 1e-12), feature: -1, bin: 0, set: null, missingLeft: false, gradient: 0, hessian: 0 };
  for (const f of search.features) {
    const { bins, nominal, monotone } = features[f];
    const start = at + 2 * offsets[f];
    const draw = rules.random ? drawOf(search.totals.key, f) : -1;
    if (nominal) searchNominal(best, leaf, histograms, start, bins, f, draw, rules);
    else if (draw >= 0) searchRandom(best, leaf, histograms, start, bins, f, monotone, draw);
    else if (leaf.plain && monotone === 0) searchPlain(best, leaf, histograms, start, bins, f);
    else searchBounded(best, leaf, histograms, start, bins, f, monotone);
  }
  const { score, feature, bin, set, missingLeft, gradient, hessian } = best;
  return feature < 0 ? null : { feature, bin, set, missingLeft, gain: (score - parent) * scale, gradient, hessian };
}

/** Uniform in [0, 1) for a leaf's key and a feature. */
export const drawOf = (key: number, feature: number): number => mix32(key ^ feature) / 4294967296;

function searchPlain(best: Best, leaf: LeafContext, histograms: Int32Array, start: number, bins: number, f: number): void {
  const { gradient: G, hessian: H, l2, least } = leaf;
  const end = start + 2 * bins;
  const mh = histograms[start];
  const mg = histograms[start + 1];
  let score = best.score;
  let found = -1;
  let missingLeft = false;
  let leftG = 0;
  let leftH = 0;
  let h = 0;
  let g = 0;
  for (let j = start + 2; j < end; j += 2) {
    g += histograms[j + 1];
    if (histograms[j] === 0) continue;
    h += histograms[j];
    if (mh !== 0 && h + mh >= least && H - h - mh >= least) {
      const a = g + mg;
      const b = G - a;
      const hl = h + mh + l2;
      const hr = H - h - mh + l2;
      const here = (a * a * hr + b * b * hl) / (hl * hr);
      if (here > score) { score = here; found = j; missingLeft = true; leftG = a; leftH = h + mh; }
    }
    if (H - h < least) break;
    if (h >= least) {
      const b = G - g;
      const hl = h + l2;
      const hr = H - h + l2;
      const here = (g * g * hr + b * b * hl) / (hl * hr);
      if (here > score) { score = here; found = j; missingLeft = mh === 0 && h > H - h; leftG = g; leftH = h; }
    }
  }
  if (found >= 0) {
    best.score = score;
    keep(best, f, (found - start) >> 1, missingLeft, leftG, leftH);
  }
}

function searchBounded(best: Best, leaf: LeafContext, histograms: Int32Array, start: number, bins: number, f: number, sign: number): void {
  let h = 0;
  let g = 0;
  for (let bin = 1; bin < bins; bin++) {
    g += histograms[start + 2 * bin + 1];
    if (histograms[start + 2 * bin] === 0) continue;
    h += histograms[start + 2 * bin];
    considerBoth(best, leaf, histograms, start, f, sign, bin, g, h);
  }
}

/** One threshold, drawn among the bins from the least that occurs to the one before the greatest; that itself when there is but one. */
function searchRandom(best: Best, leaf: LeafContext, histograms: Int32Array, start: number, bins: number, f: number, sign: number, draw: number): void {
  let low = 1;
  let high = bins - 1;
  while (low < bins && histograms[start + 2 * low] === 0) low++;
  while (high > low && histograms[start + 2 * high] === 0) high--;
  if (low >= bins) return;
  const last = low + Math.floor(draw * (high - low));
  let h = 0;
  let g = 0;
  for (let bin = 1; bin <= last; bin++) {
    h += histograms[start + 2 * bin];
    g += histograms[start + 2 * bin + 1];
  }
  considerBoth(best, leaf, histograms, start, f, sign, last, g, h);
}

/** Value bins up to `bin` hold g and h: with the missing rows on the left, then on the right. */
function considerBoth(best: Best, leaf: LeafContext, histograms: Int32Array, start: number, f: number, sign: number, bin: number, g: number, h: number): void {
  const mh = histograms[start];
  if (mh !== 0) consider(best, leaf, f, sign, bin, true, g + histograms[start + 1], h + mh);
  consider(best, leaf, f, sign, bin, mh === 0 && h > leaf.hessian - h, g, h);
}

function consider(best: Best, leaf: LeafContext, f: number, sign: number, bin: number, missingLeft: boolean, g: number, h: number): void {
  if (h < leaf.least || leaf.hessian - h < leaf.least) return;
  const score = splitScore(leaf, g, h, 0, sign);
  if (!(score > best.score)) return;
  best.score = score;
  keep(best, f, bin, missingLeft, g, h);
}

function keep(best: Best, feature: number, bin: number, missingLeft: boolean, gradient: number, hessian: number): void {
  Object.assign(best, { feature, bin, set: null, missingLeft, gradient, hessian });
}
