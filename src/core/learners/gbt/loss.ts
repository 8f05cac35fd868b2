// What boosting minimises, by task: the starting scores and the mean loss at given scores.
// Binary: logistic loss on P(classes[1]); multiclass: softmax cross-entropy; regression: the squared error. Scores are output-major. Losses are weighted means per row.
import { log, softplus, exp } from '../../base/numerics.ts';
import type { Task } from '../../base/task.ts';
import type { Objective } from './kernels.ts';

export const objectiveOf = (task: Task): Objective => (task === 'binary' ? 'binary' : task === 'multiclass' ? 'softmax' : 'squared');

/** Scores before the first tree: log odds, log priors, or the mean, of weighted targets. Priors stay inside [1e-6, 1 - 1e-6]. */
export function startScores(objective: Objective, target: Float64Array, weight: Float32Array | null, outputs: number): Float64Array {
  const sums = new Float64Array(outputs);
  let total = 0;
  for (let i = 0; i < target.length; i++) {
    const w = weight ? weight[i] : 1;
    total += w;
    if (objective === 'softmax') sums[target[i]] += w;
    else sums[0] += w * target[i];
  }
  if (objective === 'squared') return sums.map((sum) => (total > 0 ? sum / total : 0));
  const prior = (sum: number) => Math.min(1 - 1e-6, Math.max(1e-6, total > 0 ? sum / total : 0.5));
  return sums.map((sum) => (objective === 'binary' ? log(prior(sum) / (1 - prior(sum))) : log(prior(sum))));
}

/** Weighted mean loss over every `step`-th row. */
export function meanLoss(objective: Objective, scores: Float64Array, target: Float64Array, weight: Float32Array | null, outputs: number, step = 1): number {
  const rows = target.length;
  if (objective === 'binary' && !weight) return logisticLoss(scores, target, step);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows; i += step) {
    const w = weight ? weight[i] : 1;
    total += w;
    if (w > 0) sum += w * rowLoss(objective, scores, i, rows, target[i], outputs);
  }
  return total > 0 ? sum / total : 0;
}

/** Mean of log(1 + e^-margin): factors are multiplied while they fit, so that one logarithm serves many rows. */
function logisticLoss(scores: Float64Array, target: Float64Array, step: number): number {
  let sum = 0;
  let product = 1;
  let rows = 0;
  for (let i = 0; i < target.length; i += step, rows++) {
    const against = target[i] > 0 ? -scores[i] : scores[i];
    if (against > 200) sum += softplus(against);
    else product *= 1 + exp(against);
    if (product > 1e200) {
      sum += log(product);
      product = 1;
    }
  }
  return rows > 0 ? (sum + log(product)) / rows : 0;
}

function rowLoss(objective: Objective, scores: Float64Array, row: number, rows: number, target: number, outputs: number): number {
  if (objective === 'squared') return (scores[row] - target) * (scores[row] - target);
  if (objective === 'binary') return softplus(target > 0 ? -scores[row] : scores[row]);
  let top = -Infinity;
  for (let k = 0; k < outputs; k++) if (scores[k * rows + row] > top) top = scores[k * rows + row];
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += exp(scores[k * rows + row] - top);
  return top + log(sum) - scores[target * rows + row];
}
