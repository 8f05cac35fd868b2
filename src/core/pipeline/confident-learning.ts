// Confident learning on out-of-sample probabilities (Northcutt, Jiang and Chuang, "Confident Learning", JAIR 2021), pruned by
// noise rate and ranked by normalised margin as cleanlab does; and for numbers a residual score.
import { exp } from '../base/numerics.ts';
import { quantilesOf } from '../base/order.ts';

export type Issue = { row: number; given: number; suggested: number; givenShare: number; suggestedShare: number };
export type Found = { /** The worst first. */ issues: Issue[]; noise: number };

/**
 * A class's threshold is its mean probability over the rows that carry it. A row counts as of the class, among those above
 * their threshold, that it has the highest probability of; these counts, scaled to the rows of each label, say how many
 * rows labelled i are j, and so many with the largest margin for j are given. Rows that the models agree with never are.
 * `shares`: row-major, `classes` wide; `rows`: those to judge.
 */
export function confidentIssues(shares: Float64Array, labels: Int32Array, classes: number, rows: Int32Array): Found {
  const thresholds = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (const row of rows) {
    counts[labels[row]]++;
    thresholds[labels[row]] += shares[row * classes + labels[row]];
  }
  for (let k = 0; k < classes; k++) thresholds[k] = counts[k] ? thresholds[k] / counts[k] : Infinity;
  const joint = new Float64Array(classes * classes);
  for (const row of rows) {
    const sure = bestClass(shares, row, classes, (k, p) => p >= thresholds[k] - 1e-6);
    if (sure >= 0) joint[labels[row] * classes + sure]++;
  }
  const byPair = new Map<number, number[]>();
  for (const row of rows) {
    const best = bestClass(shares, row, classes, () => true);
    if (best === labels[row]) continue;
    for (let j = 0; j < classes; j++) {
      const pair = labels[row] * classes + j;
      if (j === labels[row] || !joint[pair]) continue;
      const list = byPair.get(pair);
      if (list) list.push(row);
      else byPair.set(pair, [row]);
    }
  }
  const issues = new Map<number, Issue>();
  let wrong = 0;
  for (let i = 0; i < classes; i++) {
    let total = 0;
    for (let j = 0; j < classes; j++) total += joint[i * classes + j];
    for (let j = 0; j < classes && total > 0; j++) {
      if (i === j) continue;
      const expected = (joint[i * classes + j] / total) * counts[i];
      wrong += expected;
      const margin = (row: number): number => shares[row * classes + j] - shares[row * classes + i];
      const list = (byPair.get(i * classes + j) ?? []).sort((a, b) => margin(b) - margin(a) || a - b);
      for (const row of list.slice(0, Math.round(expected))) issues.set(row, issueOf(shares, row, i, classes));
    }
  }
  const ranked = [...issues.values()].sort((a, b) => a.givenShare - a.suggestedShare - (b.givenShare - b.suggestedShare) || a.row - b.row);
  return { issues: ranked, noise: rows.length ? wrong / rows.length : 0 };
}

function issueOf(shares: Float64Array, row: number, given: number, classes: number): Issue {
  const suggested = bestClass(shares, row, classes, () => true);
  return { row, given, suggested, givenShare: shares[row * classes + given], suggestedShare: shares[row * classes + suggested] };
}

function bestClass(shares: Float64Array, row: number, classes: number, counts: (k: number, p: number) => boolean): number {
  let best = -1;
  for (let k = 0; k < classes; k++) {
    const p = shares[row * classes + k];
    if (counts(k, p) && (best < 0 || p > shares[row * classes + best])) best = k;
  }
  return best;
}

/** Beyond so many robust standard deviations a residual is no longer of the usual kind. */
const FAR = 4;

/**
 * Numbers: quality = exp(-|residual| / (1.4826 x median |residual|)), so 0.37 at one robust standard deviation; a label is an
 * issue below exp(-4) (at most 1 in 16,000 of normal residuals) and below 0.05 of the median quality (cleanlab's bound).
 */
export function residualIssues(predicted: Float64Array, values: Float64Array, rows: Int32Array): Found {
  const residuals = Float64Array.from(rows, (row) => Math.abs(values[row] - predicted[row]));
  const [middle] = quantilesOf(residuals.slice(), [0.5]);
  const scale = 1.4826 * middle;
  if (!(scale > 0)) return { issues: [], noise: 0 };
  const quality = residuals.map((r) => exp(-r / scale));
  const [typical] = quantilesOf(quality.slice(), [0.5]);
  const bound = Math.min(0.05 * typical, exp(-FAR));
  const issues: Issue[] = [];
  rows.forEach((row, k) => {
    if (quality[k] < bound) issues.push({ row, given: values[row], suggested: predicted[row], givenShare: quality[k], suggestedShare: 1 });
  });
  issues.sort((a, b) => a.givenShare - b.givenShare || a.row - b.row);
  return { issues, noise: rows.length ? issues.length / rows.length : 0 };
}
