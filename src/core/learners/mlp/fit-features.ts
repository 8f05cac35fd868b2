// How a net will take each feature of a matrix: numbers and flags by median and quartiles (when these meet, by how far the other
// values lie), missing as the median; few levels one by one, many through a table. From at most 20,000 rows at even steps.
import { columnsOf, type NetFeature } from '../../models/net/features.ts';
import type { Matrix } from '../../table/matrix.ts';

const sampled = 20_000;
/** Levels up to which each has a place of its own. */
const fewLevels = 8;
/** Smooth bound of what is made robust, in quartile distances. */
export const clip = 3;

export function fitFeatures(matrix: Matrix): NetFeature[] {
  return matrix.features.map(({ levels }, j) => {
    if (levels !== undefined) return { as: levels <= fewLevels ? 'levels' : 'code', levels };
    return fitNumber(sortedSample(matrix.data[j]));
  });
}

function fitNumber(sorted: Float64Array): NetFeature {
  const n = sorted.length;
  if (n === 0) return { as: 'flag', fill: 0, center: 0, scale: 0 };
  const at = (q: number): number => sorted[Math.floor(q * (n - 1))];
  const center = at(0.5);
  const least = 1e-12 * Math.abs(center);
  const half = at(0.75) - at(0.25);
  const range = sorted[n - 1] - sorted[0];
  const scale = half > least ? 1 / half : range > least ? 2 / Math.min(range, reachOf(sorted, center)) : 0;
  const isFlag = sorted.every((v) => v === sorted[0] || v === sorted[n - 1]);
  return { as: isFlag ? 'flag' : 'number', fill: center, center, scale: Number.isFinite(scale) ? scale : 0 };
}

/** Where most rows have one value: twice the median distance of the others from it, so that these are told apart. */
function reachOf(sorted: Float64Array, center: number): number {
  const others = sorted.filter((v) => v !== center).map((v) => Math.abs(v - center)).sort();
  return 2 * others[others.length >> 1];
}

function sortedSample(column: Float32Array): Float64Array {
  const stride = Math.max(1, Math.floor(column.length / sampled));
  const sample = new Float64Array(Math.ceil(column.length / stride));
  let n = 0;
  for (let row = 0; row < column.length; row += stride) if (column[row] === column[row]) sample[n++] = column[row];
  return sample.subarray(0, n).sort();
}

/** Numbers and flags of a row, and its codes. */
export function widthsOfRow(features: readonly NetFeature[]): { x: number; codes: number } {
  const { numbers, flags, codes } = columnsOf(features);
  return { x: numbers + flags, codes };
}
