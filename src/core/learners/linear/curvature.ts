// Adds a block of rows to a weighted Gram matrix: the sum over rows of h * z z', its upper triangle only.
// Where Newton spends its time: dense columns meet in dot products, two by four at once; sparse entries row by row.
// Each dot product runs as two sums (even and odd rows) that are added at its end: the order that every kernel must keep.
import { blockRows, type Block, type Design } from './design.ts';

/** `h` holds a number for each row; `sums` is (features + 1) square. */
export function addGram(design: Design, block: Block, rows: number, h: Float64Array, sums: Float64Array): void {
  addDense(design, block, rows, h, sums);
  if (design.sparse.length) addSparse(design, block, rows, h, sums);
}

function addDense(design: Design, { dense: z, weighted, fast }: Block, rows: number, h: Float64Array, sums: Float64Array): void {
  const { dense } = design;
  const d = design.features + 1;
  if (fast) {
    const products = fast.gram(rows, h);
    for (let i = 0; i < dense.length; i++) for (let j = i; j < dense.length; j++) sums[dense[i] * d + dense[j]] += products[i * dense.length + j];
    return;
  }
  const whole = rows & ~1;
  const count = dense.length;
  for (let i = 0; i < count; i += 2) {
    const isPair = i + 1 < count;
    const first = i * blockRows;
    const second = isPair ? first + blockRows : first;
    for (let r = 0; r < rows; r++) {
      weighted[r] = h[r] * z[first + r];
      weighted[blockRows + r] = h[r] * z[second + r];
    }
    for (let j = i; j < count; j += 2) {
      const a = j * blockRows;
      const b = j + 1 < count ? a + blockRows : a;
      let [s0, s1, t0, t1, u0, u1, v0, v1] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let r = 0; r < whole; r += 2) {
        const [p0, p1, q0, q1] = [weighted[r], weighted[r + 1], weighted[blockRows + r], weighted[blockRows + r + 1]];
        const [a0, a1, b0, b1] = [z[a + r], z[a + r + 1], z[b + r], z[b + r + 1]];
        s0 += p0 * a0;
        s1 += p1 * a1;
        t0 += p0 * b0;
        t1 += p1 * b1;
        u0 += q0 * a0;
        u1 += q1 * a1;
        v0 += q0 * b0;
        v1 += q1 * b1;
      }
      if (whole < rows) {
        s0 += weighted[whole] * z[a + whole];
        t0 += weighted[whole] * z[b + whole];
        u0 += weighted[blockRows + whole] * z[a + whole];
        v0 += weighted[blockRows + whole] * z[b + whole];
      }
      sums[dense[i] * d + dense[j]] += s0 + s1;
      if (b !== a) sums[dense[i] * d + dense[j + 1]] += t0 + t1;
      if (isPair && j > i) sums[dense[i + 1] * d + dense[j]] += u0 + u1;
      if (isPair && b !== a) sums[dense[i + 1] * d + dense[j + 1]] += v0 + v1;
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
