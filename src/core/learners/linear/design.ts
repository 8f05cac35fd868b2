// Matrix -> the numbers that a linear solver sees: (x - center) * scale with missing filled by the training mean.
// Columns that are zero in nine of ten rows (one-hot) are scaled but not centred, so their zeros cost nothing: they come as a short list for
// each row. The rest, with the intercept last, come as dense columns. Both a block of rows at a time, so nothing the size
// of the data is ever copied. Scaling only conditions the solver: penalties are put back.
import type { Matrix } from '../../table/matrix.ts';
import type { BlockKernels, FastBlock } from './block-kernels.ts';
import { columnMoments } from './column-moments.ts';

export interface Design {
  /** Number of features; the intercept is parameter number `features`. */
  readonly features: number;
  readonly center: Float64Array;
  readonly scale: Float64Array;
  /** The weighted mean of what is there; 0 for a column that is all missing. */
  readonly fill: Float64Array;
  /** Parameter numbers of the dense columns, in order, the intercept last. */
  readonly dense: Int32Array;
  /** Feature numbers of the sparse columns, in order. */
  readonly sparse: Int32Array;
  /** Mean count of sparse entries in a row. */
  readonly entries: number;
}

/** A block of rows. Dense column c is dense[c * blockRows ..]; row r has sparse entries r * stride .. + count[r]. */
export interface Block {
  readonly stride: number;
  readonly dense: Float64Array;
  readonly count: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
  /** Room for two weighted columns (curvature.ts). */
  readonly weighted: Float64Array;
  /** Parameters of the dense columns, for `fast`. */
  readonly picked: Float64Array;
  /** The same columns behind faster loops; null = the plain ones. */
  readonly fast: FastBlock | null;
}
export const blockRows = 256;

/** Learns centre, scale and fill of each column; sums run in row order. `isCentred` false leaves every column where it is (for an intercept that is penalised). */
export function makeDesign(matrix: Matrix, isCentred = true, kernels: BlockKernels | null = null): Design {
  const features = matrix.data.length;
  const [center, scale, fill] = [new Float64Array(features), new Float64Array(features), new Float64Array(features)];
  const dense: number[] = [];
  const sparse: number[] = [];
  let entries = 0;
  for (let j = 0; j < features; j++) {
    const { mean, deviation, zeros } = columnMoments(matrix.data[j], matrix.weight, kernels);
    const isSparse = zeros * 10 > 9 * matrix.rows && Math.abs(mean) < 10 * deviation;
    fill[j] = mean;
    center[j] = isSparse || !isCentred ? 0 : mean;
    scale[j] = deviation > 1e-12 * Math.abs(mean) && deviation > 1e-150 ? 1 / deviation : 0;
    if (scale[j] === 0) continue;
    (isSparse ? sparse : dense).push(j);
    if (isSparse) entries += matrix.rows - zeros;
  }
  return { features, center, scale, fill, dense: Int32Array.from([...dense, features]), sparse: Int32Array.from(sparse), entries: entries / Math.max(1, matrix.rows) };
}

/** Fast blocks are given back with `block.fast?.close()`. */
export function makeBlock(design: Design, kernels: BlockKernels | null = null): Block {
  const stride = design.sparse.length;
  const fast = kernels?.open(design.dense.length) ?? null;
  const dense = fast?.dense ?? new Float64Array(design.dense.length * blockRows).fill(1);
  return { stride, dense, count: new Int32Array(blockRows), index: new Int32Array(blockRows * stride), value: new Float64Array(blockRows * stride), weighted: new Float64Array(2 * blockRows), picked: new Float64Array(design.dense.length), fast };
}

/** Writes the rows from..to of the matrix (at most blockRows) into the block. */
export function fillBlock(design: Design, matrix: Matrix, from: number, to: number, block: Block): void {
  const { dense, count, index, value, stride } = block;
  const rows = to - from;
  for (let c = 0; c + 1 < design.dense.length; c++) {
    const j = design.dense[c];
    const column = matrix.data[j];
    const [center, scale, fill] = [design.center[j], design.scale[j], design.fill[j]];
    const at = c * blockRows;
    if (block.fast) block.fast.fill(c, column, from, rows, center, scale, fill);
    else for (let r = 0; r < rows; r++) {
      const x = column[from + r];
      dense[at + r] = ((x === x ? x : fill) - center) * scale;
    }
  }
  count.fill(0);
  for (let c = 0; c < design.sparse.length; c++) {
    const j = design.sparse[c];
    const column = matrix.data[j];
    const [scale, fill] = [design.scale[j], design.fill[j]];
    for (let r = 0; r < rows; r++) {
      const x = column[from + r];
      if (x === 0) continue;
      const at = r * stride + count[r]++;
      index[at] = j;
      value[at] = (x === x ? x : fill) * scale;
    }
  }
}
