// Cholesky factors of symmetric positive semi-definite matrices, given by their row-major upper triangle (never changed).
// A pivot that has lost all but 1e-13 of its diagonal belongs to a column that others explain: its unknown is set to 0,
// as R's lm and rank-revealing solvers do, so collinear columns neither fail nor explode. Row by row, in one fixed order.
export interface Factor {
  readonly size: number;
  /** Row-major upper triangle of U with A = U'U. */
  readonly u: Float64Array;
  /** 1 for an unknown that others explain. */
  readonly isNull: Uint8Array;
}

/** `a` is size x size, or the square that begins at `offset` of a larger one with rows `stride` apart. */
export function factorSymmetric(a: Float64Array, size: number, offset = 0, stride = size): Factor {
  const u = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = i; j < size; j++) u[i * size + j] = a[offset + i * stride + j];
  const isNull = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const pivot = u[row + i];
    if (!(pivot > 1e-13 * a[offset + i * stride + i]) || !(pivot > 1e-300)) {
      isNull[i] = 1;
      continue;
    }
    const root = Math.sqrt(pivot);
    for (let j = i; j < size; j++) u[row + j] /= root;
    for (let k = i + 1; k < size; k++) {
      const f = u[row + k];
      if (f === 0) continue;
      const below = k * size;
      for (let j = k; j < size; j++) u[below + j] -= f * u[row + j];
    }
  }
  return { size, u, isNull };
}

/** Writes the solution of A x = b over b[offset .. offset + size). */
export function solveFactored({ size, u, isNull }: Factor, b: Float64Array, offset = 0): void {
  for (let i = 0; i < size; i++) {
    if (isNull[i]) {
      b[offset + i] = 0;
      continue;
    }
    const x = (b[offset + i] /= u[i * size + i]);
    if (x !== 0) for (let j = i + 1; j < size; j++) b[offset + j] -= u[i * size + j] * x;
  }
  for (let i = size - 1; i >= 0; i--) {
    if (isNull[i]) continue;
    let sum = b[offset + i];
    for (let j = i + 1; j < size; j++) sum -= u[i * size + j] * b[offset + j];
    b[offset + i] = sum / u[i * size + i];
  }
}

export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
  const x = b.slice();
  solveFactored(factorSymmetric(a, b.length), x);
  return x;
}

/** The inverse, full and row-major; rows and columns of unknowns that others explain are 0. */
export function invertFactored(factor: Factor): Float64Array {
  const { size } = factor;
  const out = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    if (factor.isNull[j]) continue;
    column.fill(0);
    column[j] = 1;
    solveFactored(factor, column);
    for (let i = 0; i < size; i++) out[i * size + j] = column[i];
  }
  return out;
}
