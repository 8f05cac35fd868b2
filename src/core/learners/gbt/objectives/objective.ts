// The contract of an objective: what boosting minimises. `open` fixes the training rows and the params once; what it gives
// is asked every round for gradients and losses, so per-row work runs in tight loops over typed arrays.
// Scores are output-major (outputs x rows, as in trees/kernels.ts). Gradients are a pure function of scores: nothing counts from
// one round to the next, so a fit that is resumed at the same scores goes on with the same bits.
import type { Task } from '../../../base/task.ts';
import type { KernelObjective } from '../../trees/kernels.ts';
import type { ObjectiveParams } from './params.ts';

/** How a score becomes what is predicted; the words of json.link in the trees model. */
export type Link = 'identity' | 'sigmoid' | 'softmax' | 'exp';

/** What an objective sees of training or validation rows. Targets are class codes or values; all arrays have `rows` entries. */
export type LossRows = {
  readonly rows: number;
  readonly target: Float64Array;
  /** Weights >= 0, null = all 1. */
  readonly weight: Float32Array | null;
  /** The query of each row (Matrix.groups), null = none. */
  readonly groups: Int32Array | null;
};

/** The rows of each leaf: leafOf below `leaves` names it; other rows did not grow the tree and do not count. */
export type LeafRows = { readonly leafOf: Uint16Array; readonly leaves: number };

export interface OpenObjective {
  /** The score of every row before the first tree, one for each output. */
  start(): Float64Array;
  /**
   * Writes the pairs (gradient, hessian) of every output and row, times the weight, rounded to single, and in `ranges` the
   * largest |gradient| and hessian of each output (Infinity when one is not finite). A hessian is > 0 where the weight is.
   * Objectives with a kernel give the bits that session.gradients gives.
   */
  gradients(scores: Float64Array, out: Float32Array, ranges: Float32Array): void;
  /** Weighted mean loss over every `step`-th row (ranking: query) of these rows; lower is better; NaN never, 0 without weight. */
  mean(scores: Float64Array, of: LossRows, step?: number): number;
  /**
   * Replaces values[leaf] by what (nearly) minimises the loss of the leaf's rows over the scores before the tree, those of
   * the last call of `gradients`: a weighted quantile of residuals or so, before the learning rate. Leaves without weight
   * keep theirs. Null = Newton steps stand.
   */
  readonly renew: ((scores: Float64Array, leaf: LeafRows, values: Float64Array) => void) | null;
}

export interface Objective {
  readonly type: string;
  readonly label: string;
  /** One or two lines: what is predicted and when to choose it. */
  readonly help: string;
  readonly tasks: readonly Task[];
  /** The objective that the tree kernels know it as; null = core computes the gradients. */
  readonly kernel: KernelObjective | null;
  readonly link: Link;
  /** Which of the params it reads. */
  readonly reads: readonly (keyof ObjectiveParams)[];
  /** True when rows need groups (Matrix.groups). */
  readonly grouped: boolean;
  /** Newton steps of a leaf are kept within +-maxStep before the learning rate: e^score must not run away. Infinity = free. */
  readonly maxStep: number;
  /** Metric types besides the task's own that judge what it minimises. */
  judges(params: ObjectiveParams): readonly string[];
  /** Scores of a row, for a target of so many classes (0 = values). */
  outputs(classes: number): number;
  /** Throws bad-target when these rows cannot be learned from with it (a negative count, a ranking without queries). */
  check(of: LossRows): void;
  open(train: LossRows, params: ObjectiveParams, outputs: number): OpenObjective;
}

export const defineObjective = (objective: Objective): Objective => objective;
