// Solves A x = b for a symmetric positive semi-definite A, given by its row-major upper triangle (A is not changed).
// A pivot that has lost all but 1e-13 of its diagonal belongs to a column that others explain: its unknown is set to 0,
// as R's lm and rank-revealing solvers do, so collinear columns neither fail nor explode. Cholesky, row by row.
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const u = a.slice();
  const x = b.slice();
  const isNull = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const pivot = u[row + i];
    if (!(pivot > 1e-13 * a[row + i]) || !(pivot > 1e-300)) {
      isNull[i] = 1;
      continue;
    }
    const root = Math.sqrt(pivot);
    for (let j = i; j < n; j++) u[row + j] /= root;
    for (let k = i + 1; k < n; k++) {
      const f = u[row + k];
      if (f === 0) continue;
      const below = k * n;
      for (let j = k; j < n; j++) u[below + j] -= f * u[row + j];
    }
  }
  for (let i = 0; i < n; i++) {
    if (isNull[i]) {
      x[i] = 0;
      continue;
    }
    x[i] /= u[i * n + i];
    for (let j = i + 1; j < n; j++) x[j] -= u[i * n + j] * x[i];
  }
  for (let i = n - 1; i >= 0; i--) {
    if (isNull[i]) continue;
    let sum = x[i];
    for (let j = i + 1; j < n; j++) sum -= u[i * n + j] * x[j];
    x[i] = sum / u[i * n + i];
  }
  return x;
}
