// Columns -> batches that a net can take: each feature by its median and quartiles (spread of the middle half, else half
// of the range), missing as the median, smoothly clipped by the dense model's own `robust`. Training and serving agree.
// Quartiles come from at most 20,000 rows at even steps; no copy the size of the data is made.
import { robust } from '../../models/dense.ts';
import type { Matrix } from '../../table/matrix.ts';

export interface Inputs { readonly center: Float64Array; readonly scale: Float64Array; readonly fill: Float64Array; readonly clip: number }
const sampled = 20_000;

export function fitInputs(matrix: Matrix, clip: number): Inputs {
  const features = matrix.data.length;
  const [center, scale] = [new Float64Array(features), new Float64Array(features)];
  for (let j = 0; j < features; j++) {
    const column = matrix.data[j];
    const stride = Math.max(1, Math.floor(column.length / sampled));
    const sample = new Float64Array(Math.ceil(column.length / stride));
    let n = 0;
    for (let row = 0; row < column.length; row += stride) if (column[row] === column[row]) sample[n++] = column[row];
    const sorted = sample.subarray(0, n).sort();
    if (n === 0) continue;
    const at = (q: number) => sorted[Math.floor(q * (n - 1))];
    center[j] = at(0.5);
    const half = at(0.75) - at(0.25);
    const range = sorted[n - 1] - sorted[0];
    scale[j] = half > 1e-12 * Math.abs(center[j]) ? 1 / half : range > 1e-12 * Math.abs(center[j]) ? 2 / range : 0;
    if (!Number.isFinite(scale[j])) scale[j] = 0;
  }
  return { center, scale, fill: center, clip };
}

/** Writes the rows of the matrix named by `rows[from..to]` into x, row-major. */
export function gather(inputs: Inputs, matrix: Matrix, rows: Int32Array, from: number, to: number, x: Float32Array): void {
  const features = matrix.data.length;
  for (let j = 0; j < features; j++) {
    const column = matrix.data[j];
    const [c, s, f] = [inputs.center[j], inputs.scale[j], inputs.fill[j]];
    for (let r = from, at = j; r < to; r++, at += features) x[at] = robust(column[rows[r]], f, c, s, inputs.clip);
  }
}
