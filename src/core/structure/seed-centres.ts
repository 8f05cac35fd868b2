// First centres by greedy k-means++ (Arthur and Vassilvitskii, 2007; the greedy form as in scikit-learn): each next centre is
// drawn by weight times squared distance to the nearest one so far, the best of a few draws.
import { log } from '../base/numerics.ts';
import type { Random } from '../base/random.ts';
import { squaredGap, type Points } from './points.ts';

/** k x width, row-major; fewer rows when there are fewer distinct points. */
export function seedCentres(points: Points, k: number, random: Random): Float64Array {
  const { rows, width, weight } = points;
  const trials = 2 + Math.floor(log(k));
  const nearest = new Float64Array(rows).fill(Infinity);
  const chosen: number[] = [];
  let mass = cumulated(nearest, weight, true);
  for (let c = 0; c < k && mass.total > 0; c++) {
    let best = { row: -1, total: Infinity };
    for (let trial = 0; trial < (c === 0 ? 1 : trials); trial++) {
      const row = rowAt(mass.sums, random.unit() * mass.total);
      let total = 0;
      if (c > 0) for (let i = 0; i < rows; i++) total += Math.min(nearest[i], gapOfRows(points, i, row)) * (weight ? weight[i] : 1);
      if (total < best.total) best = { row, total };
    }
    chosen.push(best.row);
    for (let i = 0; i < rows; i++) nearest[i] = Math.min(nearest[i], gapOfRows(points, i, best.row));
    mass = cumulated(nearest, weight, false);
  }
  const centres = new Float64Array(chosen.length * width);
  chosen.forEach((row, c) => centres.set(points.z.subarray(row * width, (row + 1) * width), c * width));
  return centres;
}

const gapOfRows = ({ z, width }: Points, a: number, b: number): number => squaredGap(z, a * width, z, b * width, width);

function cumulated(nearest: Float64Array, weight: Float32Array | null, isFirst: boolean): { sums: Float64Array; total: number } {
  const sums = new Float64Array(nearest.length);
  let total = 0;
  for (let i = 0; i < nearest.length; i++) sums[i] = total += (weight ? weight[i] : 1) * (isFirst ? 1 : nearest[i]);
  return { sums, total };
}

/** The first row whose cumulated mass is beyond `at`. */
function rowAt(sums: Float64Array, at: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
