// Margins of several one-against-the-rest machines -> probabilities: softmax of offset[k] + slope * margin[k], one slope for all, so
// that weights stay comparable between classes. Newton steps over slope and offsets, a breath of ridge on both.
// For two classes it is Platt's curve (1999), which isolation-forest/fit-sigmoid.ts fits.
import { log, softmax } from '../../base/numerics.ts';
import { solveSymmetric } from './cholesky.ts';

/** `margins` is rows x classes, `truth` a class number for each row, `weight` null = all 1. The offsets sum to 0. */
export function fitSoftmaxCurve(margins: Float64Array, truth: ArrayLike<number>, classes: number, weight: ArrayLike<number> | null): { slope: number; offsets: Float64Array } {
  const rows = truth.length;
  const theta = new Float64Array(classes + 1);
  theta[classes] = 1;
  const n = classes + 1;
  const p = new Float64Array(classes);
  const lossAt = (at: Float64Array, gradient: Float64Array | null, hessian: Float64Array | null): number => {
    let loss = 0;
    for (let i = 0; i < n; i++) loss += 0.5 * 1e-3 * (at[i] - (i === classes ? 1 : 0)) ** 2;
    for (let i = 0; gradient && i < n; i++) gradient[i] = 1e-3 * (at[i] - (i === classes ? 1 : 0));
    for (let i = 0; hessian && i < n; i++) hessian[i * n + i] = 1e-3;
    for (let r = 0; r < rows; r++) {
      const w = weight ? weight[r] : 1;
      for (let k = 0; k < classes; k++) p[k] = at[k] + at[classes] * margins[r * classes + k];
      const own = truth[r];
      softmax(p, 0, classes);
      loss += w * -log(Math.max(p[own], 1e-300));
      if (!gradient || !hessian) continue;
      let mean = 0;
      for (let k = 0; k < classes; k++) mean += p[k] * margins[r * classes + k];
      for (let k = 0; k < classes; k++) {
        const off = w * (p[k] - Number(k === own));
        const m = margins[r * classes + k];
        gradient[k] += off;
        gradient[classes] += off * m;
        hessian[k * n + k] += w * p[k];
        for (let l = k; l < classes; l++) hessian[k * n + l] -= w * p[k] * p[l];
        hessian[k * n + classes] += w * p[k] * (m - mean);
        hessian[n * n - 1] += w * p[k] * m * (m - mean);
      }
    }
    return loss;
  };
  let value = Infinity;
  for (let step = 0; step < 100; step++) {
    const [gradient, hessian] = [new Float64Array(n), new Float64Array(n * n)];
    value = lossAt(theta, gradient, hessian);
    const move = solveSymmetric(hessian, gradient);
    const gain = move.reduce((sum, m, i) => sum + m * gradient[i], 0);
    if (!(gain > 1e-12 * Math.max(1, value))) break;
    let isLower = false;
    for (let size = 1; size > 1e-8 && !isLower; size /= 2) {
      const tried = theta.map((t, i) => t - size * move[i]);
      isLower = lossAt(tried, null, null) < value;
      if (isLower) theta.set(tried);
    }
    if (!isLower) break;
  }
  const mean = theta.subarray(0, classes).reduce((sum, t) => sum + t / classes, 0);
  return { slope: theta[classes], offsets: theta.slice(0, classes).map((t) => t - mean) };
}
