// Matrix -> the rows that a linear solver sees: (x - center) * scale with missing filled by the training mean.
// Columns that are mostly zeros (one-hot) are scaled but not centred, so their zeros stay zeros and cost nothing;
// the intercept, last in every row, takes up the difference. Rows come as short lists of what is not zero, a block at
// a time, so nothing the size of the data is ever copied. Scaling only conditions the solver: penalties are put back.
import type { Matrix } from '../../table/matrix.ts';

export interface Design {
  /** Number of features; the intercept is parameter number `features`. */
  readonly features: number;
  readonly center: Float64Array;
  readonly scale: Float64Array;
  /** The weighted mean of what is there; 0 for a column that is all missing. */
  readonly fill: Float64Array;
  /** Mean count of entries that are not zero in a row, the intercept included. */
  readonly density: number;
}

/** Rows from..from + rows of a matrix: row r has entries start[r] .. start[r] + count[r] of index and value. */
export interface Block {
  readonly rows: number;
  readonly stride: number;
  readonly count: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
}
export const blockRows = 256;

/** Learns centre, scale and fill of each column; sums run in row order. */
export function makeDesign(matrix: Matrix): Design {
  const features = matrix.data.length;
  const [center, scale, fill] = [new Float64Array(features), new Float64Array(features), new Float64Array(features)];
  let filled = matrix.rows;
  for (let j = 0; j < features; j++) {
    const { mean, deviation, zeros } = moments(matrix.data[j], matrix.weight);
    const isSparse = zeros * 2 > matrix.rows && Math.abs(mean) < 10 * deviation;
    fill[j] = mean;
    center[j] = isSparse ? 0 : mean;
    scale[j] = deviation > 1e-12 * Math.abs(mean) && deviation > 1e-150 ? 1 / deviation : 0;
    filled += scale[j] === 0 ? 0 : isSparse ? matrix.rows - zeros : matrix.rows;
  }
  return { features, center, scale, fill, density: filled / Math.max(1, matrix.rows) };
}

export function makeBlock(features: number): Block {
  const stride = features + 1;
  return { rows: 0, stride, count: new Int32Array(blockRows), index: new Int32Array(blockRows * stride), value: new Float64Array(blockRows * stride) };
}

/** Writes the rows from..to of the matrix into the block (at most blockRows), intercept last. */
export function fillBlock(design: Design, matrix: Matrix, from: number, to: number, block: Block): void {
  const { count, index, value, stride } = block;
  const rows = to - from;
  count.fill(0);
  for (let j = 0; j < design.features; j++) {
    const column = matrix.data[j];
    const [c, s, f] = [design.center[j], design.scale[j], design.fill[j]];
    if (s === 0) continue;
    for (let r = 0; r < rows; r++) {
      const x = column[from + r];
      const z = ((x === x ? x : f) - c) * s;
      if (z === 0) continue;
      const at = r * stride + count[r]++;
      index[at] = j;
      value[at] = z;
    }
  }
  for (let r = 0; r < rows; r++) {
    const at = r * stride + count[r]++;
    index[at] = design.features;
    value[at] = 1;
  }
}

function moments(column: Float32Array, weight: Float32Array | null): { mean: number; deviation: number; zeros: number } {
  let [total, sum, zeros] = [0, 0, 0];
  for (let row = 0; row < column.length; row++) {
    const x = column[row];
    if (x !== x) continue;
    const w = weight ? weight[row] : 1;
    total += w;
    sum += w * x;
    if (x === 0) zeros++;
  }
  if (total === 0) return { mean: 0, deviation: 0, zeros };
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < column.length; row++) {
    const x = column[row];
    if (x === x) squares += (weight ? weight[row] : 1) * (x - mean) * (x - mean);
  }
  return { mean, deviation: Math.sqrt(squares / total), zeros };
}
