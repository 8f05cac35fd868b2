// Adds a block of rows to the Hessian: for each pair of outputs, the sum over rows of h * z z', its upper triangle only.
// Where Newton spends its time: dense columns meet in dot products, four at once; sparse entries row by row.
import { blockRows, type Block, type Design } from './design.ts';
import type { Loss } from './objective.ts';

/** `said` holds what the model says of each row (see objective.ts); pairs[k, l >= k] are (features + 1) square. */
export function addCurvature(loss: Loss, design: Design, block: Block, rows: number, said: Float64Array, weights: Float64Array, outputs: number, pairs: readonly Float64Array[]): void {
  const h = new Float64Array(blockRows);
  const weighted = new Float64Array(blockRows);
  for (let k = 0, pair = 0; k < outputs; k++) {
    for (let l = k; l < outputs; l++, pair++) {
      for (let r = 0; r < rows; r++) {
        const p = said[k * blockRows + r];
        h[r] = weights[r] * (loss === 'squared' ? 1 : k === l ? p * (1 - p) : -p * said[l * blockRows + r]);
      }
      addDense(design, block.dense, rows, h, weighted, pairs[pair]);
      if (design.sparse.length) addSparse(design, block, rows, h, pairs[pair]);
    }
  }
}

function addDense(design: Design, z: Float64Array, rows: number, h: Float64Array, weighted: Float64Array, sums: Float64Array): void {
  const { dense } = design;
  const d = design.features + 1;
  for (let i = 0; i < dense.length; i++) {
    const at = i * blockRows;
    for (let r = 0; r < rows; r++) weighted[r] = h[r] * z[at + r];
    const row = dense[i] * d;
    let j = i;
    for (; j + 3 < dense.length; j += 4) {
      const [a, b, c, e] = [j * blockRows, (j + 1) * blockRows, (j + 2) * blockRows, (j + 3) * blockRows];
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let r = 0; r < rows; r++) {
        const t = weighted[r];
        s0 += t * z[a + r];
        s1 += t * z[b + r];
        s2 += t * z[c + r];
        s3 += t * z[e + r];
      }
      sums[row + dense[j]] += s0;
      sums[row + dense[j + 1]] += s1;
      sums[row + dense[j + 2]] += s2;
      sums[row + dense[j + 3]] += s3;
    }
    for (; j < dense.length; j++) {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += weighted[r] * z[j * blockRows + r];
      sums[row + dense[j]] += sum;
    }
  }
}

function addSparse(design: Design, block: Block, rows: number, h: Float64Array, sums: Float64Array): void {
  const { dense } = design;
  const d = design.features + 1;
  for (let r = 0; r < rows; r++) {
    const start = r * block.stride;
    const end = start + block.count[r];
    for (let a = start; a < end; a++) {
      const i = block.index[a];
      const t = h[r] * block.value[a];
      for (let b = a; b < end; b++) sums[i * d + block.index[b]] += t * block.value[b];
      for (let c = 0; c < dense.length; c++) {
        const j = dense[c];
        sums[i < j ? i * d + j : j * d + i] += t * block.dense[c * blockRows + r];
      }
    }
  }
}
