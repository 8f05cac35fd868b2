// How a net in training does on rows that it does not learn from: the task's loss per row, unsmoothed, of the mean of its
// members, and one figure that people know (accuracy, or the root of the mean squared error in the target's unit).
import { exp, log, log1p, sigmoid } from '../../base/numerics.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { NetSession } from './net-kernels.ts';
import { inputsOf, type NetPlan } from './net-plan.ts';

const scoredRows = 32_768;
const scoreBatch = 1024;

export type ValidScore = { readonly loss: number; readonly metric: number };
export const metricName = (task: NetPlan['task']): string => (task === 'regression' ? 'rmse' : 'accuracy');

export interface ValidRows {
  score(session: NetSession): Promise<ValidScore>;
}

/** At most 32,768 rows of the matrix, at even steps, made ready once. */
export function openValid(plan: NetPlan, matrix: Matrix): ValidRows {
  const stride = Math.max(1, Math.ceil(matrix.rows / scoredRows));
  const rows = Int32Array.from({ length: Math.ceil(matrix.rows / stride) }, (_, i) => i * stride);
  const { x, codes } = inputsOf(plan, matrix, rows);
  const [wide, coded] = [x.length / Math.max(1, rows.length), codes.length / Math.max(1, rows.length)];
  const target = matrix.target!;
  return {
    async score(session) {
      let [sum, metric, total] = [0, 0, 0];
      for (let from = 0; from < rows.length; from += scoreBatch) {
        const to = Math.min(rows.length, from + scoreBatch);
        const scores = await session.forward(x.slice(from * wide, to * wide), codes.slice(from * coded, to * coded), to - from);
        const lines = scores.length / plan.outputs / (to - from);
        for (let r = 0; r < to - from; r++) {
          const row = rows[from + r];
          const weight = (matrix.weight ? matrix.weight[row] : 1) * (plan.perClass && target.kind === 'class' ? plan.perClass[target.codes[row]] : 1);
          const judged = target.kind === 'class' ? judgeClass(scores, r * lines, lines, plan.outputs, target.codes[row]) : judgeValue(plan, scores, r * lines, lines, target.values[row]);
          sum += weight * judged.loss;
          metric += weight * judged.metric;
          total += weight;
        }
      }
      const mean = metric / Math.max(total, 1e-300);
      return { loss: sum / Math.max(total, 1e-300), metric: target.kind === 'class' ? mean : Math.sqrt(mean) };
    },
  };
}

type Judged = { loss: number; metric: number };

/** Log loss of the members' mean probability, and 1 when the truth is the likeliest. */
function judgeClass(scores: Float32Array, line: number, lines: number, outputs: number, truth: number): Judged {
  if (outputs === 1) {
    let p = 0;
    for (let m = line; m < line + lines; m++) p += sigmoid(truth === 1 ? scores[m] : -scores[m]) / lines;
    const z = truth === 1 ? scores[line] : -scores[line];
    return { loss: lines === 1 ? Math.max(-z, 0) + log1p(exp(-Math.abs(z))) : -log(Math.max(p, 1e-30)), metric: p > 0.5 ? 1 : 0 };
  }
  const shares = new Float64Array(outputs);
  for (let m = line; m < line + lines; m++) {
    let [top, sum] = [-Infinity, 0];
    for (let k = 0; k < outputs; k++) top = Math.max(top, scores[m * outputs + k]);
    for (let k = 0; k < outputs; k++) sum += exp(scores[m * outputs + k] - top);
    for (let k = 0; k < outputs; k++) shares[k] += exp(scores[m * outputs + k] - top) / sum / lines;
  }
  return { loss: -log(Math.max(shares[truth], 1e-30)), metric: shares.every((p) => p <= shares[truth]) ? 1 : 0 };
}

/** The loss in the net's unit, and the squared error in the target's. */
function judgeValue({ loss, shift, spread, range }: NetPlan, scores: Float32Array, line: number, lines: number, value: number): Judged {
  let z = 0;
  for (let m = line; m < line + lines; m++) z += scores[m] / lines;
  const said = range ? Math.min(range[1], Math.max(range[0], z * spread + shift)) : z * spread + shift;
  const miss = (said - value) / spread;
  const size = Math.abs(miss);
  const metric = (said - value) ** 2;
  if (loss.kind === 'absolute') return { loss: size, metric };
  if (loss.kind === 'huber') return { loss: size <= loss.delta ? 0.5 * miss * miss : loss.delta * (size - loss.delta / 2), metric };
  if (loss.kind === 'quantile') return { loss: miss > 0 ? (1 - loss.levels[0]) * miss : -loss.levels[0] * miss, metric };
  return { loss: 0.5 * miss * miss, metric };
}
