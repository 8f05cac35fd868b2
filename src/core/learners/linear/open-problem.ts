// Rows and params -> the problem that a solver sees: which loss, which classes are there, the truth in the solver's units.
// Values are shifted to mean 0, and divided by their spread where no penalty of another power would notice.
import { BarnacleError } from '../../base/errors.ts';
import { log } from '../../base/numerics.ts';
import type { Task } from '../../base/task.ts';
import type { Matrix } from '../../table/matrix.ts';
import { classWeights, weighRows } from '../gbt/objectives/class-weights.ts';
import { taskOf } from '../task-of.ts';
import type { BlockKernels } from './block-kernels.ts';
import { makeDesign } from './design.ts';
import type { Loss } from './loss.ts';
import type { Problem } from './objective.ts';
import type { LinearParams } from './params.ts';

export interface Opened {
  readonly task: Task;
  /** Class codes that rows of weight have. */
  readonly present: readonly number[];
  /** Target = shift + spread * truth; 0 and 1 but for losses of differences. */
  readonly shift: number;
  readonly spread: number;
  /** Without a penalty. */
  readonly problem: Problem;
}

/** `loss` null = by task. Throws bad-target for values that a log link cannot take. */
export function openProblem(data: Matrix, loss: Loss | null, params: Pick<LinearParams, 'balance' | 'tweediePower'>, isScaled: boolean, isCentred = true, kernels: BlockKernels | null = null): Opened {
  const target = data.target!;
  const task = taskOf(target);
  const matrix = target.kind === 'class' && params.balance === 'balanced' ? { ...data, weight: weighRows(target, data.weight, classWeights(target, data.weight)) } : data;
  const design = makeDesign(matrix, isCentred, kernels);
  const present = presentClasses(matrix);
  const chosen: Loss = loss ?? (task === 'regression' ? 'squared' : present.length > 2 ? 'softmax' : 'logistic');
  const outputs = chosen === 'softmax' ? present.length : 1;
  if (hasLogLink(chosen)) checkSign(data, chosen);
  const { shift, spread } = task === 'regression' && isCentred && !hasLogLink(chosen) ? valueScale(data, isScaled) : { shift: 0, spread: 1 };
  const truth = truthOf(data, present, shift, spread);
  if (task !== 'regression') for (let row = 0; row < truth.length; row++) if (truth[row] < 0) truth[row] = 0;
  return { task, present, shift, spread, problem: { matrix, design, loss: chosen, shape: chosen === 'tweedie' ? params.tweediePower : 0, outputs, truth, penalty: new Float64Array(outputs * (design.features + 1)), kernels } };
}

export const hasLogLink = (loss: Loss): boolean => loss === 'poisson' || loss === 'gamma' || loss === 'tweedie';

/** Class codes among the present ones (-1 for one that no weighted training row has), or values in the solver's units. */
export function truthOf(data: Matrix, present: readonly number[], shift: number, spread: number): Float64Array {
  const target = data.target!;
  if (target.kind === 'value') return target.values.map((y) => (y - shift) / spread);
  const places = Float64Array.from(target.classes, (_, code) => present.indexOf(code));
  const out = new Float64Array(data.rows);
  for (let row = 0; row < data.rows; row++) out[row] = places[target.codes[row]];
  return out;
}

/** l2 on the weights of the features as given, nothing on the intercept. */
export function ridgeOf({ design, outputs }: Problem, l2: number): Float64Array {
  const d = design.features + 1;
  return Float64Array.from({ length: outputs * d }, (_, p) => (p % d === design.features ? 0 : l2 * design.scale[p % d] * design.scale[p % d]));
}

/** No weights, and intercepts at the class rates (or the mean): the baseline, kept when stopped at once. */
export function priorStart({ matrix, design, loss, outputs, truth }: Problem): Float64Array {
  const start = new Float64Array(outputs * (design.features + 1));
  const weight = (row: number) => (matrix.weight ? matrix.weight[row] : 1);
  if (hasLogLink(loss)) {
    let [sum, total] = [0, 0];
    for (let row = 0; row < matrix.rows; row++) {
      sum += weight(row) * truth[row];
      total += weight(row);
    }
    start[design.features] = log(Math.max(sum / Math.max(total, 1e-300), 1e-6));
  }
  if (loss !== 'logistic' && loss !== 'softmax') return start;
  const sums = new Float64Array(Math.max(2, outputs));
  for (let row = 0; row < matrix.rows; row++) sums[truth[row]] += weight(row);
  if (loss === 'logistic') start[design.features] = sums[0] > 0 && sums[1] > 0 ? log(sums[1] / sums[0]) : 0;
  else for (let k = 0; k < outputs; k++) start[k * (design.features + 1) + design.features] = log(sums[k] / (sums[0] || 1));
  return start;
}

function presentClasses(data: Matrix): number[] {
  const target = data.target!;
  if (target.kind === 'value') return [];
  const sums = new Float64Array(target.classes.length);
  for (let row = 0; row < data.rows; row++) sums[target.codes[row]] += data.weight ? data.weight[row] : 1;
  return [...sums.keys()].filter((k) => sums[k] > 0);
}

function checkSign(data: Matrix, loss: Loss): void {
  const { values } = data.target as { values: Float64Array };
  let least = Infinity;
  for (let row = 0; row < data.rows; row++) if ((!data.weight || data.weight[row] > 0) && values[row] < least) least = values[row];
  const isOut = loss === 'gamma' ? least <= 0 : least < 0;
  if (isOut) throw new BarnacleError('bad-target', `the target has the value ${least} and the ${loss} objective needs values ${loss === 'gamma' ? 'above' : 'of at least'} 0; choose squared, huber or quantile${least === 0 ? ', or tweedie, which takes zeros' : ''}`, { column: '', reason: `${loss}: the target has the value ${least}` });
}

function valueScale(data: Matrix, isScaled: boolean): { shift: number; spread: number } {
  const values = (data.target as { values: Float64Array }).values;
  let [total, sum, squares] = [0, 0, 0];
  for (let row = 0; row < data.rows; row++) {
    const w = data.weight ? data.weight[row] : 1;
    total += w;
    sum += w * values[row];
  }
  const shift = total > 0 ? sum / total : 0;
  if (!isScaled) return { shift, spread: 1 };
  for (let row = 0; row < data.rows; row++) squares += (data.weight ? data.weight[row] : 1) * (values[row] - shift) * (values[row] - shift);
  return { shift, spread: Math.sqrt(squares / Math.max(total, 1e-300)) || 1 };
}
