// The weighted covariance of standardised features, in blocks of rows and four features at a time, so that sums stay in
// registers; each entry is summed in row order. Breathes between blocks.
import type { WorkContext } from '../base/task.ts';
import type { Standardised } from './standardised.ts';

const blockRows = 256;

/** features x features, row-major, symmetric: sum of weight * z_a * z_b over the total weight. `done` hears the share of rows. */
export async function covariance(data: Standardised, context: WorkContext, done: (share: number) => void): Promise<Float64Array> {
  const { rows, z, weight, totalWeight } = data;
  const width = data.features.length;
  const out = new Float64Array(width * width);
  const block = new Float64Array(blockRows * width);
  const scaled = new Float64Array(blockRows * width);
  for (let from = 0; from < rows; from += blockRows) {
    const size = Math.min(blockRows, rows - from);
    for (let r = 0; r < size; r++) {
      const w = weight ? weight[from + r] : 1;
      for (let j = 0; j < width; j++) {
        const value = z[(from + r) * width + j];
        block[j * blockRows + r] = value;
        scaled[j * blockRows + r] = w * value;
      }
    }
    for (let a = 0; a < width; a++) addProducts(out, scaled, block, a, size, width);
    done((from + size) / rows);
    await context.breathe();
  }
  for (let a = 0; a < width; a++) for (let b = 0; b <= a; b++) out[a * width + b] = out[b * width + a] = out[a * width + b] / totalWeight;
  return out;
}

/** Row `a` up to the diagonal. */
function addProducts(out: Float64Array, scaled: Float64Array, block: Float64Array, a: number, size: number, width: number): void {
  const first = a * blockRows;
  let b = 0;
  for (; b + 3 <= a; b += 4) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    const at = b * blockRows;
    for (let r = 0; r < size; r++) {
      const x = scaled[first + r];
      s0 += x * block[at + r];
      s1 += x * block[at + blockRows + r];
      s2 += x * block[at + 2 * blockRows + r];
      s3 += x * block[at + 3 * blockRows + r];
    }
    out[a * width + b] += s0;
    out[a * width + b + 1] += s1;
    out[a * width + b + 2] += s2;
    out[a * width + b + 3] += s3;
  }
  for (; b <= a; b++) {
    let sum = 0;
    for (let r = 0; r < size; r++) sum += scaled[first + r] * block[b * blockRows + r];
    out[a * width + b] += sum;
  }
}
