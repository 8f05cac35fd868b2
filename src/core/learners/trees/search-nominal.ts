// Best set of bins of an unordered feature: Fisher's ordering by gradient / (hessian + smooth), then prefixes from either end.
// Missing rows (bin 0: no value, or a level too rare for a bin of its own) are a level like the others. Of features of at most
// four bins (three levels) each is tried against the rest, without more L2. Order of search, which settles ties: single bins
// ascending; or prefixes of the low end by length, then of the high end. Each partition is tried once. After LightGBM.
import type { SearchRules } from './kernels.ts';
import type { Best } from './search.ts';
import { splitScore } from './side-values.ts';
import type { LeafContext } from './side-values.ts';

/** Features of so many bins (the missing one counted) are tried one bin against the rest. */
const SINGLES_UP_TO = 4;

/** `draw` in [0, 1) picks one of the candidates (extremely randomised); below 0 all are tried. */
export function searchNominal(best: Best, leaf: LeafContext, histograms: Int32Array, start: number, bins: number, f: number, draw: number, rules: SearchRules): void {
  const used: number[] = [];
  for (let bin = 0; bin < bins; bin++) if (histograms[start + 2 * bin] > 0) used.push(bin);
  const n = used.length;
  if (n < 2) return;
  const singles = bins <= SINGLES_UP_TO;
  const order = singles ? used : inOrder(used, histograms, start, rules.smooth / rules.units.hessian);
  const more = singles ? 0 : rules.nominalL2 / rules.units.hessian;
  const lows = singles ? n : Math.min(rules.nominalMost, (n + 1) >> 1);
  const highs = singles ? 0 : Math.min(rules.nominalMost, n - 1 - lows);
  const drawn = draw < 0 ? -1 : Math.floor(draw * (lows + highs));
  let g = 0;
  let h = 0;
  for (let i = 0; i < lows + highs; i++) {
    if (singles || i === lows) g = h = 0;
    const bin = order[i < lows ? i : n - 1 - (i - lows)];
    h += histograms[start + 2 * bin];
    g += histograms[start + 2 * bin + 1];
    if ((drawn >= 0 && i !== drawn) || h < leaf.least || leaf.hessian - h < leaf.least) continue;
    const score = splitScore(leaf, g, h, more, 0);
    if (!(score > best.score)) continue;
    best.score = score;
    const chosen = singles ? [bin] : i < lows ? order.slice(0, i + 1) : order.slice(n - 1 - (i - lows));
    keepSet(best, leaf, f, used, chosen, g, h);
  }
}

function inOrder(used: readonly number[], histograms: Int32Array, start: number, smooth: number): number[] {
  const ratio = (bin: number): number => histograms[start + 2 * bin + 1] / (histograms[start + 2 * bin] + smooth);
  return used.map((bin) => ({ bin, ratio: ratio(bin) })).sort((a, b) => a.ratio - b.ratio || a.bin - b.bin).map(({ bin }) => bin);
}

/** A set of missing rows alone is named by its complement; without missing rows they would follow the heavier side. */
function keepSet(best: Best, leaf: LeafContext, feature: number, used: readonly number[], chosen: readonly number[], g: number, h: number): void {
  const alone = chosen.length === 1 && chosen[0] === 0;
  const set = new Uint32Array(8);
  for (const bin of alone ? used : chosen) if (bin > 0) set[bin >> 5] |= 1 << (bin & 31);
  const missingLeft = used[0] === 0 ? !alone && chosen.includes(0) : h > leaf.hessian - h;
  Object.assign(best, { feature, bin: 0, set, missingLeft, gradient: alone ? leaf.gradient - g : g, hessian: alone ? leaf.hessian - h : h });
}

/** True when bin 1 or above is in the set. */
export const inSet = (set: Uint32Array, bin: number): boolean => ((set[bin >> 5] >>> (bin & 31)) & 1) === 1;
