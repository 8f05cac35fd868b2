// The seam between tree learners and the machine: what is worth a fast twin when trees grow.
// reference.ts implements it in plain TypeScript; kernels/trees-wasm (one thread or many) and kernels/trees-webgpu must give
// the same bits at every stage, so a model is the same whatever made it. What decides a tree's shape is integer (bins,
// quantised gradients, histograms) or one double per candidate in a fixed order of operations (search.ts); leaf sums are
// sums of integers held in doubles, so no order of rows or threads can change them.
export interface TreeKernels {
  /** reference | wasm | webgpu, for the run's record. */
  readonly backend: string;
  readonly threads: number;
  /** The cuts of every feature, as core's findCuts gives them (find-cuts.ts); nominal features are not asked. */
  findCuts(data: readonly Float32Array[], weight: Float32Array | null, maxBins: number, seed: number): Promise<Float32Array[]>;
  /** Allocates everything one fit needs and wakes the threads. Throws too-large when the machine cannot give the memory. */
  open(plan: TreePlan): Promise<TreeSession>;
}

/** A feature of a fit: how many bins it has (bin 0 = missing, then 1 to 255 of values), whether they are unordered, and the sign its effect must have. */
export type FeaturePlan = { readonly bins: number; readonly nominal: boolean; readonly monotone: -1 | 0 | 1 };

/** The sizes of one fit; layout.ts turns it into bytes before anything is allocated. */
export type TreePlan = {
  readonly rows: number;
  readonly validRows: number;
  readonly outputs: number;
  /** Most leaves of a tree, 1 to 65,534. */
  readonly leaves: number;
  /** Histograms held at once, 2 to leaves + 1. */
  readonly slots: number;
  readonly weighted: boolean;
  readonly features: readonly FeaturePlan[];
  /**
   * The columns of cells: each holds the bins of one feature, or of several that are coded jointly (plan-columns.ts): a cell
   * is the number of a combination of bins that occurs, so few-valued or exclusive features cost one cell together and
   * lose nothing. Features ascend; each is in exactly one column.
   */
  readonly columns: readonly (readonly number[])[];
};

/** How values of a feature become bins. Cuts: 1 + the number of cuts below the value. Levels: the bin of each code (0 = as missing). NaN is bin 0. */
export type FeatureBins = { readonly kind: 'cuts'; readonly cuts: Float32Array } | { readonly kind: 'levels'; readonly bins: Uint8Array };

/** 0 = training rows, 1 = validation rows. */
export type Part = 0 | 1;
/** Objectives whose gradients the kernels compute; of the others core fills arrays.gradients and arrays.ranges itself. */
export type KernelObjective = 'binary' | 'softmax' | 'squared';

/** What core reads and writes of a fit: views of the session's memory. Scores and gradients are output-major (outputs x rows). */
export type TreeArrays = {
  readonly target: Float64Array;
  /** Empty unless the plan is weighted. */
  readonly weight: Float32Array;
  readonly scores: Float64Array;
  readonly validScores: Float64Array;
  /** Pairs: a gradient beside its hessian. */
  readonly gradients: Float32Array;
  /** Largest |gradient| and largest hessian of each output. */
  readonly ranges: Float32Array;
  /** The leaf of each row after sumLeaves; rows that do not grow the tree hold plan.leaves. */
  readonly leafOf: Uint16Array;
  /** Pairs for each leaf after sumLeaves: exact sums of gradients and hessians. */
  readonly leafSums: Float64Array;
};

/** Sums in quanta; `rows` counts rows. `low` and `high` bound the leaf's value (monotone constraints; infinite = free). `key` seeds random thresholds. */
export type LeafTotals = { readonly gradient: number; readonly hessian: number; readonly rows: number; readonly low: number; readonly high: number; readonly key: number };
/** What a quantum of a gradient and of a hessian is worth. */
export type Units = { readonly gradient: number; readonly hessian: number };

export type SearchRules = {
  readonly units: Units;
  readonly l1: number;
  readonly l2: number;
  readonly minGain: number;
  readonly minLeafRows: number;
  /** Extremely randomised: one random threshold per feature. */
  readonly random: boolean;
  /** Nominal features: added to the hessian when bins are ordered by gradient / hessian; more L2; most bins of the smaller side. */
  readonly smooth: number;
  readonly nominalL2: number;
  readonly nominalMost: number;
};

/**
 * Numeric: value bins <= `bin` go left. Nominal (`set` not null): bins whose bit is set in the 8 words go left (bit 0 is never
 * set). Missing rows follow missingLeft. Gradient and hessian are the left side's, in quanta.
 */
export type Split = { readonly feature: number; readonly bin: number; readonly set: Uint32Array | null; readonly missingLeft: boolean; readonly gain: number; readonly gradient: number; readonly hessian: number };

/** One leaf to search; `features` ascend. */
export type Search = { readonly slot: number; readonly totals: LeafTotals; readonly features: Int32Array };
/** Sum `leaf` into `slot`; then, unless `parent` is -1, slot parent becomes parent minus slot; then search (at most two). */
export type Expand = { readonly leaf: number; readonly slot: number; readonly parent: number; readonly searches: readonly Search[] };

/** Nodes in order of creation (children after parents); left and right are nodes, or ~leaf. */
export type TreeNode = { feature: number; bin: number; set: Uint32Array | null; missingLeft: boolean; left: number; right: number; gain: number };

export interface TreeSession {
  readonly plan: TreePlan;
  readonly arrays: TreeArrays;
  /** Columns that met more than 256 combinations when the last `bin` said false, ascending; open again with them split. */
  readonly crowded: readonly number[];
  /** Bins of a part from columns of values. False when a joint column met more than 256 combinations: plan it apart. */
  bin(part: Part, data: readonly Float32Array[], bins: readonly FeatureBins[]): boolean;
  /** Gradients and hessians of all outputs at the current scores, times the weight, rounded to single; and their ranges. */
  gradients(objective: KernelObjective): void;
  /**
   * Makes leaf 0 of the rows that grow the next tree (ascending; null = all), with their gradients of one output in quanta:
   * floor(value * scale + u), u in [0, 1) from 16 bits of mix32(key ^ row): the high half for the gradient, the low half for
   * the hessian. A positive hessian stays at least 1.
   */
  select(output: number, gradientScale: number, hessianScale: number, key: number, chosen: Int32Array | null): void;
  /** Sums of the quantised gradients and hessians of leaf 0 (known after select). */
  total(): { gradient: number; hessian: number };
  /** Moves the rows of `leaf` that do not go left to leaf `right` (a new one). Returns how many stay. */
  partition(leaf: number, right: number, split: Split): number;
  /** The sum of copies[row] over the rows of a leaf. */
  countOf(leaf: number, copies: Uint8Array): number;
  expand(order: Expand, rules: SearchRules): (Split | null)[] | Promise<(Split | null)[]>;
  /** The sums of a slot by feature and bin (hessian, gradient: two words a bin), for tests. */
  histogramOf(slot: number): Int32Array;
  /** Marks leafOf and fills leafSums for leaves 0 to `leaves` - 1; see leaf-sums.ts for the arithmetic. */
  sumLeaves(output: number, leaves: number): void;
  /** scores[output][row] += values[leafOf[row]] for every row; only when the leaves hold all rows. */
  addLeaves(output: number, values: Float64Array): void;
  /** Adds a tree to the scores of a part, routed by bins; `outside` = only to rows whose leafOf is plan.leaves. A tree without nodes adds values[0]. */
  addTree(part: Part, output: number, nodes: readonly TreeNode[], values: Float64Array, outside: boolean): void;
  /** Drops the memory; the session is dead afterwards. */
  close(): void;
}

/**
 * What reference and WASM sessions also offer to a kernel that only sums histograms elsewhere (kernels/trees-webgpu) and leaves
 * the rest to them. All members are own properties and use no `this`: they are spread.
 */
export interface HostSession extends TreeSession {
  /** rows x columns, row-major: the (joint) code of each cell. */
  readonly cells: Uint8Array;
  /** The codes of each column are numbered from offsets[column]; the last entry counts them all. */
  readonly offsets: Int32Array;
  /** How many rows a leaf has. */
  rowsIn(leaf: number): number;
  /** The rows of a leaf, in one piece or several: pairs (row, gradient << 16 | hessian in quanta). */
  rowsOf(leaf: number): readonly Int32Array[];
  /** The words of a slot: for code c of a column the hessian sum at 2 * (offsets[column] + c) and the gradient sum after it. */
  slotOf(slot: number): Int32Array;
  /** The first step of `expand` alone: sums a leaf into a slot. */
  sum(leaf: number, slot: number): void;
  /** `expand` without its first step: order.slot has been filled. */
  finish(order: Expand, rules: SearchRules): (Split | null)[];
}

/** Largest quantised gradient for n rows, so that every sum stays inside 31 bits. */
export const quantumLimit = (rows: number): number => Math.max(1, Math.min(32767, Math.floor(2147483647 / Math.max(1, rows))));

/**
 * Leaf sums: each value is multiplied by a power of two and rounded to the nearest integer (ties to even) so that all rows
 * together stay below 2^51; integers in doubles add exactly in any order. The scale of values up to `most`; 0 when they are all 0.
 */
export function leafScale(most: number, rows: number): number {
  if (!(most > 0)) return 0;
  let scale = 1;
  while (most * rows * scale < 2 ** 50) scale *= 2;
  while (most * rows * scale >= 2 ** 51) scale /= 2;
  return scale;
}
