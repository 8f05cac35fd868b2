// From a Hessian and a linear term to the quadratic that coordinates descend on: with one output the intercept, which nothing
// pulls, is solved for and left out (the columns are centred by it), so that it cannot slow the others down.
import { descendCoordinates } from './coordinate.ts';
import { factorSymmetric, solveFactored } from './cholesky.ts';

/**
 * The minimum of 0.5 t'Ht - c't + sum l1 |t| near `theta`; H row-major with a valid upper triangle, the intercept of each of `outputs` last.
 * Without l1 it is solved directly.
 */
export function solveQuadratic(hessian: Float64Array, linear: Float64Array, l1: Float64Array, theta: Float64Array, outputs: number, tolerance: number): Float64Array {
  const n = linear.length;
  if (l1.every((pull) => pull === 0)) {
    const out = linear.slice();
    solveFactored(factorSymmetric(hessian, n), out);
    return out;
  }
  const full = (i: number, j: number) => (i <= j ? hessian[i * n + j] : hessian[j * n + i]);
  const last = n - 1;
  const pivot = hessian[last * n + last];
  const isFree = outputs === 1 && pivot > 0;
  const size = isFree ? last : n;
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) gram[i * size + j] = full(i, j) - (isFree ? (full(i, last) * full(j, last)) / pivot : 0);
  const pulled = linear.slice(0, size);
  if (isFree) for (let i = 0; i < size; i++) pulled[i] -= (full(i, last) * linear[last]) / pivot;
  const out = theta.slice();
  const moving = out.subarray(0, size);
  descendCoordinates({ size, gram, linear: pulled, l1: l1.subarray(0, size) }, moving, tolerance);
  if (isFree) {
    out[last] = linear[last] / pivot;
    for (let j = 0; j < size; j++) out[last] -= (full(j, last) * out[j]) / pivot;
  }
  return out;
}
