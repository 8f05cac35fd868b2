// The k rows nearest to a kept row, itself left out, nearest first: for choosing k.
import type { ModelArray } from '../../models/model.ts';

/** `points` is rows x features; distances are true ones (roots taken). Equal distances: lower row. */
export function nearestOthers(points: ModelArray, features: number, own: number, k: number, isManhattan: boolean): { distance: Float64Array; row: Int32Array } {
  const distance = new Float64Array(k).fill(Infinity);
  const row = new Int32Array(k);
  const rows = points.length / features;
  for (let p = 0, at = 0; p < rows; p++, at += features) {
    if (p === own) continue;
    let sum = 0;
    for (let j = 0; j < features && sum < distance[k - 1]; j++) {
      const gap = points[own * features + j] - points[at + j];
      sum += isManhattan ? Math.abs(gap) : gap * gap;
    }
    if (!(sum < distance[k - 1])) continue;
    let i = k - 1;
    for (; i > 0 && distance[i - 1] > sum; i--) {
      distance[i] = distance[i - 1];
      row[i] = row[i - 1];
    }
    distance[i] = sum;
    row[i] = p;
  }
  if (!isManhattan) for (let i = 0; i < k; i++) distance[i] = Math.sqrt(distance[i]);
  return { distance, row };
}
