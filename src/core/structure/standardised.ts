// Features of a matrix as distances and variances need them: (x - mean) / deviation, weighted, row-major, in single precision.
// Missing takes the mean. A feature without spread is left out (`constant`). A yes/no feature that is rarer than 5 % is scaled
// as one of 5 %: a flag of two rows in a thousand would otherwise outweigh all numbers. Sums run in row order.
import type { Feature, Matrix } from '../table/matrix.ts';

export interface Standardised {
  readonly rows: number;
  /** Those with spread: columns of `z`, in the order of the matrix. */
  readonly features: readonly Feature[];
  readonly constant: readonly string[];
  /** rows x features.length, row-major. */
  readonly z: Float32Array;
  /** Per feature: z = (x - center) / spread. */
  readonly center: Float64Array;
  readonly spread: Float64Array;
  /** Sum over features of the weighted variance of z: what all components share out. */
  readonly totalVariance: number;
  /** One weight per row; null = all 1. */
  readonly weight: Float32Array | null;
  readonly totalWeight: number;
}

const rarest = 0.05;

export function standardised(matrix: Matrix): Standardised {
  const { rows, data, weight } = matrix;
  const kept: number[] = [];
  const constant: string[] = [];
  const center = new Float64Array(data.length);
  const spread = new Float64Array(data.length);
  let totalWeight = 0;
  for (let row = 0; row < rows; row++) totalWeight += weight ? weight[row] : 1;
  let totalVariance = 0;
  data.forEach((column, j) => {
    const found = momentsOf(column, weight);
    if (found.spread === 0) return void constant.push(matrix.features[j].name);
    center[kept.length] = found.mean;
    spread[kept.length] = found.spread;
    totalVariance += totalWeight > 0 ? found.squares / totalWeight / (found.spread * found.spread) : 0;
    kept.push(j);
  });
  const width = kept.length;
  const z = new Float32Array(rows * width);
  for (let j = 0; j < width; j++) {
    const column = data[kept[j]];
    const [mean, scale] = [center[j], 1 / spread[j]];
    for (let row = 0, at = j; row < rows; row++, at += width) z[at] = column[row] === column[row] ? (column[row] - mean) * scale : 0;
  }
  return { rows, features: kept.map((j) => matrix.features[j]), constant, z, center: center.slice(0, width), spread: spread.slice(0, width), totalVariance, weight, totalWeight };
}

/** Of the values that are there; spread 0 = constant, or all missing. `squares`: weighted sum of squared gaps to the mean. */
function momentsOf(column: Float32Array, weight: Float32Array | null): { mean: number; spread: number; squares: number } {
  let [total, sum, squares] = [0, 0, 0];
  let isFlag = true;
  for (let row = 0; row < column.length; row++) {
    const x = column[row];
    if (x !== x) continue;
    const w = weight ? weight[row] : 1;
    total += w;
    sum += w * x;
    isFlag &&= x === 0 || x === 1;
  }
  if (!(total > 0)) return { mean: 0, spread: 0, squares: 0 };
  const mean = sum / total;
  for (let row = 0; row < column.length; row++) {
    const gap = column[row] - mean;
    if (gap === gap) squares += (weight ? weight[row] : 1) * gap * gap;
  }
  const deviation = Math.sqrt(squares / total);
  if (!(deviation > 1e-7 * Math.abs(mean) && deviation > 1e-150)) return { mean, spread: 0, squares: 0 };
  return { mean, spread: isFlag ? Math.max(deviation, Math.sqrt(rarest * (1 - rarest))) : deviation, squares };
}
