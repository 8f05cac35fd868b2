// Some rows of a matrix, in the order given; features are shared by name, values copied.
import type { Matrix, Target } from '../../table/matrix.ts';

export function takeMatrix(matrix: Matrix, rows: Int32Array): Matrix {
  return { ...matrix, rows: rows.length, data: matrix.data.map((column) => takeFloats(column, rows)), weight: matrix.weight && takeFloats(matrix.weight, rows), target: matrix.target && takeTarget(matrix.target, rows) };
}

export function takeFloats(values: Float32Array, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}

const takeTarget = (target: Target, rows: Int32Array): Target =>
  target.kind === 'value' ? { ...target, values: Float64Array.from(rows, (row) => target.values[row]) } : { ...target, codes: Int32Array.from(rows, (row) => target.codes[row]) };
