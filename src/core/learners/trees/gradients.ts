// Gradients and hessians of the objectives that kernels compute, in the arithmetic every kernel follows.
// Binary: logistic loss on scores; softmax: cross-entropy with hessians times K / (K - 1) (Friedman); squared: half the
// squared error. In doubles, times the weight, rounded to single; `ranges` hold the largest |gradient| and hessian of each output.
import { sigmoid, softmax } from '../../base/numerics.ts';
import type { KernelObjective, TreeArrays, TreePlan } from './kernels.ts';

export function fillGradients(a: TreeArrays, plan: TreePlan, objective: KernelObjective): void {
  const { rows, outputs } = plan;
  const factor = outputs / (outputs - 1);
  const scores = new Float64Array(outputs);
  a.ranges.fill(0);
  for (let row = 0; row < rows; row++) {
    const weight = plan.weighted ? a.weight[row] : 1;
    const target = a.target[row];
    if (objective === 'squared') put(a, rows, row, 0, (a.scores[row] - target) * weight, weight);
    else if (objective === 'binary') {
      const p = sigmoid(a.scores[row]);
      put(a, rows, row, 0, (p - target) * weight, p * (1 - p) * weight);
    } else {
      for (let k = 0; k < outputs; k++) scores[k] = a.scores[k * rows + row];
      softmax(scores, 0, outputs);
      for (let k = 0; k < outputs; k++) put(a, rows, row, k, (scores[k] - (target === k ? 1 : 0)) * weight, scores[k] * (1 - scores[k]) * factor * weight);
    }
  }
}

function put(a: TreeArrays, rows: number, row: number, k: number, gradient: number, hessian: number): void {
  const at = 2 * (k * rows + row);
  a.gradients[at] = gradient;
  a.gradients[at + 1] = hessian;
  a.ranges[2 * k] = Math.max(a.ranges[2 * k], Math.abs(a.gradients[at]));
  a.ranges[2 * k + 1] = Math.max(a.ranges[2 * k + 1], a.gradients[at + 1]);
}
