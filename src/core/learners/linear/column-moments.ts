// Weighted mean and deviation of a column's known values, and its count of zeros, in one reading: chunks of rows about their own mean,
// joined by Chan, Golub & LeVeque (1983), so that a far-off mean costs no digits. Four sums in a chunk, of rows by their remainder
// by 4: the order that every kernel keeps.
import type { BlockKernels } from './block-kernels.ts';

export const chunkRows = 2048;

export interface ColumnMoments { readonly mean: number; readonly deviation: number; readonly zeros: number }

/** Mean and deviation are 0 where nothing is known. */
export function columnMoments(column: Float32Array, weight: Float32Array | null, kernels: BlockKernels | null): ColumnMoments {
  const chunk = new Float64Array(4);
  const read = kernels?.moments ?? chunkMoments;
  let [total, mean, squares, zeros] = [0, 0, 0, 0];
  for (let from = 0; from < column.length; from += chunkRows) {
    read(column, weight, from, Math.min(chunkRows, column.length - from), chunk);
    zeros += chunk[3];
    if (!(chunk[0] > 0)) continue;
    const both = total + chunk[0];
    const off = chunk[1] - mean;
    mean += (off * chunk[0]) / both;
    squares += chunk[2] + (off * off * total * chunk[0]) / both;
    total = both;
  }
  return { mean, deviation: total > 0 ? Math.sqrt(squares / total) : 0, zeros };
}

/** Writes weight, mean, squares about it and count of zeros of column[from .. from + rows). */
export function chunkMoments(column: Float32Array, weight: Float32Array | null, from: number, rows: number, out: Float64Array): void {
  let [t0, t1, t2, t3] = [0, 0, 0, 0];
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let zeros = 0;
  const end = from + rows;
  const weightAt = (row: number): number => (row >= end || column[row] !== column[row] ? 0 : weight ? weight[row] : 1);
  const valueAt = (row: number): number => (row >= end || column[row] !== column[row] ? 0 : column[row]);
  for (let row = from; row < end; row += 4) {
    const [w0, w1, w2, w3] = [weightAt(row), weightAt(row + 1), weightAt(row + 2), weightAt(row + 3)];
    t0 += w0;
    t1 += w1;
    t2 += w2;
    t3 += w3;
    s0 += w0 * valueAt(row);
    s1 += w1 * valueAt(row + 1);
    s2 += w2 * valueAt(row + 2);
    s3 += w3 * valueAt(row + 3);
  }
  for (let row = from; row < end; row++) if (column[row] === 0) zeros++;
  const total = t0 + t1 + (t2 + t3);
  const mean = total > 0 ? (s0 + s1 + (s2 + s3)) / total : 0;
  [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let row = from; row < end; row += 4) {
    const [a, b, c, d] = [valueAt(row) - mean, valueAt(row + 1) - mean, valueAt(row + 2) - mean, valueAt(row + 3) - mean];
    s0 += weightAt(row) * (a * a);
    s1 += weightAt(row + 1) * (b * b);
    s2 += weightAt(row + 2) * (c * c);
    s3 += weightAt(row + 3) * (d * d);
  }
  out[0] = total;
  out[1] = mean;
  out[2] = s0 + s1 + (s2 + s3);
  out[3] = zeros;
}
