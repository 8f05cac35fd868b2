// What trains: a learner turns a Matrix and parameters into a plain Model. Same data, params and seed, same bytes.
// Kernels are passed in through the context; the slow references in this folder are the truth they are held to.
import type { Json } from '../base/json.ts';
import type { Params } from '../base/params.ts';
import type { Task, WorkContext } from '../base/task.ts';
import type { Model } from '../models/model.ts';
import type { Matrix } from '../table/matrix.ts';
import type { NetKernels } from './mlp/net-kernels.ts';
import type { NetStudy } from './mlp/study.ts';
import type { BlockKernels } from './linear/block-kernels.ts';
import type { TreeKernels } from './trees/kernels.ts';

export interface Kernels {
  readonly trees: TreeKernels;
  /** Faster loops of linear models, with the same bits; absent = the plain ones. */
  readonly linear?: BlockKernels | null;
  /** Loads what trains nets on first use, so who trains none downloads none. */
  nets(): Promise<NetKernels>;
}

/**
 * A fit under way, enough to go on from: for trees all trees so far. Resumed on the same rows, params and seed it ends in
 * the bytes that the uninterrupted fit would have given. `json` is the learner's own (round, best round and its loss).
 */
export type Checkpoint = { readonly learner: string; readonly step: number; readonly model: Model; readonly json: Json };

export interface FitContext extends WorkContext {
  readonly seed: number;
  /** Rows for early stopping, with the features of the training matrix; null = none. */
  readonly valid: Matrix | null;
  readonly kernels: Kernels;
  /** Goes on from there instead of starting; absent = from the start. */
  readonly resume?: Checkpoint | null;
  /** Told after every step how the fit could be resumed; the door decides when to ask for it (making one costs a little). */
  readonly keep?: (step: number, make: () => Checkpoint) => void;
  /** A fitted model to go on from with new rows (warm start); absent = none. What is done with it is up to params. */
  readonly from?: Model | null;
}

export interface Learner<P = unknown> {
  readonly type: string;
  readonly label: string;
  /** One or two lines: what it assumes and when it is the right choice. */
  readonly help: string;
  readonly tasks: readonly Task[];
  readonly params: Params<P>;
  /** The model kind that it makes. */
  readonly makes: string;
  /** True when it stops early by context.valid; the others are given the validation rows to learn from as well. */
  readonly validates: boolean;
  /** Which kernels it fits with: those of core alone, the tree kernels, or the neural backend. */
  readonly fitsOn: 'core' | 'trees' | 'dense';
  /** What a step of its curve is: trees, epochs, iterations. */
  readonly steps: string;
  /** True when equal inputs give equal bytes on every machine (nets on a GPU do not). */
  readonly exact: boolean;
  /** True when weight 2 gives what the row written twice gives (to rounding); absent = only on average. */
  readonly exactWeights?: boolean;
  /** True when it takes nominal features (Feature.levels) as they are; absent = it refuses them. */
  readonly nominal?: boolean;
  /** True when it can resume from a checkpoint and reports them; absent = it cannot. */
  readonly resumes?: boolean;
  /** True when it can go on from a fitted model (context.from); absent = it cannot, and a run that asks for it is refused. */
  readonly warms?: boolean;
  /** True when it never looks at the target while it learns, only to scale what it says: it finds rows that are unlike the rest. */
  readonly unsupervised?: boolean;
  /** False: the studio trains it only when it is asked for; absent = it is among those that are chosen at first. */
  readonly byDefault?: boolean;
  /** Metric types besides the task's own that judge what these params ask it to minimise; absent = none. */
  judgedBy?(params: P): readonly string[];
  /** What a fit would train with, for the debugging tools; absent = it trains no net. */
  study?(data: Matrix, params: P, seed: number): NetStudy;
  /** data.target is never null and matches the task (2 classes = binary). A stop keeps the best so far. */
  fit(data: Matrix, params: P, context: FitContext): Promise<Model>;
}
export const defineLearner = <P>(learner: Learner<P>): Learner<P> => learner;
