// The points and weights of Gauss-Legendre quadrature on [0, 1]: n points integrate every polynomial of degree 2n - 1 exactly.
// Roots of the Legendre polynomials by Newton's method from Chebyshev's guess; no Math.cos, so the same bits on every engine.
import { cosTurns } from '../base/circle.ts';

export type Quadrature = { readonly points: Float64Array; readonly weights: Float64Array };

const known = new Map<number, Quadrature>();

/** n >= 1 points, descending, inside (0, 1); the weights are positive and sum to 1. */
export function gaussLegendre(n: number): Quadrature {
  const held = known.get(n);
  if (held) return held;
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = cosTurns((i + 0.75) / (2 * n + 1));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      const at = legendre(n, x);
      slope = at.slope;
      const next = x - at.value / slope;
      if (Math.abs(next - x) <= 1e-16) break;
      x = next;
    }
    points[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  const sum = weights.reduce((all, weight) => all + weight, 0);
  for (let i = 0; i < n; i++) weights[i] /= sum;
  const made = { points, weights };
  known.set(n, made);
  return made;
}

/** P_n and its derivative at x, by the three-term recurrence. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}
