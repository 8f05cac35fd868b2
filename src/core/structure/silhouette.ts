// Mean silhouette (Rousseeuw, 1987): how much nearer a row is to its own cluster than to the next one, -1 to 1. The distances
// between all pairs of the sample are computed once and serve every number of clusters.
import type { WorkContext } from '../base/task.ts';
import { squaredGap, type Points } from './points.ts';

/** Euclidean distances of all pairs, rows x rows. */
export async function distancesOf({ rows, width, z }: Points, context: WorkContext, done: (share: number) => void = () => {}): Promise<Float32Array> {
  const out = new Float32Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < a; b++) out[a * rows + b] = out[b * rows + a] = Math.sqrt(squaredGap(z, a * width, z, b * width, width));
    if ((a & 63) === 63) {
      done(a / rows);
      await context.breathe();
    }
  }
  return out;
}

/** Of rows with distances among them; a row alone in its cluster counts 0, as in scikit-learn. Null with fewer than two clusters. */
export function silhouette(distances: Float32Array, codes: Int32Array, k: number): number | null {
  const rows = codes.length;
  const sizes = new Float64Array(k);
  for (const code of codes) sizes[code]++;
  if (sizes.filter((size) => size > 0).length < 2) return null;
  const sums = new Float64Array(k);
  let total = 0;
  for (let a = 0; a < rows; a++) {
    if (sizes[codes[a]] < 2) continue;
    sums.fill(0);
    for (let b = 0; b < rows; b++) sums[codes[b]] += distances[a * rows + b];
    const own = sums[codes[a]] / (sizes[codes[a]] - 1);
    let next = Infinity;
    for (let c = 0; c < k; c++) if (c !== codes[a] && sizes[c] > 0) next = Math.min(next, sums[c] / sizes[c]);
    const most = Math.max(own, next);
    total += most > 0 ? (next - own) / most : 0;
  }
  return total / rows;
}
