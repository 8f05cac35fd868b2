// Features by weighted mean and standard deviation: what distances are measured in. Missing takes the mean; a feature that
// is constant or all missing has scale 0 and no say. Sums run in row order, so every engine gives the same bits.
import type { Matrix } from '../table/matrix.ts';

/** z = ((x or fill when missing) - center) * scale. */
export interface StandardScale {
  readonly center: Float64Array;
  readonly scale: Float64Array;
}

export function standardScale(matrix: Matrix): StandardScale {
  const features = matrix.data.length;
  const [center, scale] = [new Float64Array(features), new Float64Array(features)];
  for (let j = 0; j < features; j++) {
    const column = matrix.data[j];
    let [total, sum, squares] = [0, 0, 0];
    for (let row = 0; row < matrix.rows; row++) {
      const x = column[row];
      if (x !== x) continue;
      const weight = matrix.weight ? matrix.weight[row] : 1;
      total += weight;
      sum += weight * x;
    }
    if (!(total > 0)) continue;
    center[j] = sum / total;
    for (let row = 0; row < matrix.rows; row++) {
      const gap = column[row] - center[j];
      if (gap === gap) squares += (matrix.weight ? matrix.weight[row] : 1) * gap * gap;
    }
    const deviation = Math.sqrt(squares / total);
    scale[j] = deviation > 1e-12 * Math.abs(center[j]) && deviation > 1e-150 ? 1 / deviation : 0;
  }
  return { center, scale };
}

/** The rows of the matrix named by `rows`, standardised, row-major, in single precision. */
export function standardRows(matrix: Matrix, rows: Int32Array, { center, scale }: StandardScale): Float32Array {
  const features = matrix.data.length;
  const out = new Float32Array(rows.length * features);
  for (let j = 0; j < features; j++) {
    const column = matrix.data[j];
    for (let r = 0; r < rows.length; r++) {
      const x = column[rows[r]];
      out[r * features + j] = x === x ? (x - center[j]) * scale[j] : 0;
    }
  }
  return out;
}
