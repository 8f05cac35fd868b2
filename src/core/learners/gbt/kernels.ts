// The seam between the boosting loop and the machine: the stages of tree growing that are worth a fast twin.
// reference.ts implements it in plain TypeScript; kernels/trees-wasm must give the same bits at every stage, so that a
// model is the same whatever made it. What decides the tree's shape is integer (bins, quantised gradients, histograms);
// splits and leaf values are worked out by core in doubles. Only whole typed arrays (TreeArrays) are shared.
export interface TreeKernels {
  /** reference | wasm | webgpu, for the run's record. */
  readonly backend: string;
  readonly threads: number;
  /** Allocates everything one fit needs. Throws too-large when the machine cannot give the memory. */
  open(plan: TreePlan): TreeSession;
}

/** The sizes of one fit. `bins[f]` counts the bins of feature f: bin 0 (missing) and its value bins, 2 to 256 together. */
export type TreePlan = { rows: number; validRows: number; bins: Int32Array; outputs: number; leaves: number; weighted: boolean };

/** 0 = training rows, 1 = validation rows. */
export type Part = 0 | 1;
export type Objective = 'binary' | 'softmax' | 'squared';

/**
 * The arrays of a fit, views of one memory. `bins` are row-major, one byte a cell, F to a row. Scores and gradients are
 * output-major (outputs x rows), a gradient lying beside its hessian. A histogram slot is 2 * totalBins words: for bin b of
 * feature f, hessian sum at 2 * (offsets[f] + b) and gradient sum after it.
 */
export type TreeArrays = {
  bins: Uint8Array;
  validBins: Uint8Array;
  /** The training bins once more, column after column, for kernels that partition by them; empty when there are many. */
  columns: Uint8Array;
  target: Float64Array;
  weight: Float32Array;
  scores: Float64Array;
  validScores: Float64Array;
  gradients: Float32Array;
  /** Largest |gradient| and largest hessian of each output. */
  ranges: Float32Array;
  /** Two words a row: its number, and gradient << 16 | hessian in quanta. Leaf after leaf; rows ascend within a leaf. */
  rows: Int32Array;
  spare: Int32Array;
  offsets: Int32Array;
  histograms: Int32Array;
  /** Scratch: one tree as 4 words a node (feature, bin << 1 | missing goes left, left, right; a leaf is ~leaf). */
  nodes: Int32Array;
  leaves: Float64Array;
  /** The leaf of each row, after sumLeaves; rows that do not grow the tree hold plan.leaves. */
  leafOf: Uint16Array;
  leafSums: Float64Array;
  leafSpare: Float64Array;
  cuts: Float32Array;
  block: Float64Array;
  cells: Uint8Array;
};

/** Where the rows of a leaf lie in arrays.rows. */
export type LeafRange = { start: number; count: number };

export interface TreeSession {
  readonly plan: TreePlan;
  readonly arrays: TreeArrays;
  /** One byte a cell: 0 for NaN, else 1 + the number of cuts below the value (x <= cut b means bin <= b + 1). */
  bin(part: Part, data: readonly Float32Array[], cuts: readonly Float32Array[]): void;
  /** Gradients and hessians of all outputs at the current scores, times the weight, rounded to single; and their ranges. */
  gradients(objective: Objective): void;
  /**
   * Fills `rows` with the rows that grow the next tree (ascending; null = all) and their gradients of one output in
   * quanta: floor(value * scale + u), u in [0, 1) from 16 bits of mix32(key ^ row): the high half for the gradient, the low
   * half for the hessian. A positive hessian stays at least 1. Returns how many rows.
   */
  quantize(output: number, gradientScale: number, hessianScale: number, key: number, chosen: Int32Array | null): number;
  /** Clears slot and sums into it the packed gradients of rows[start .. start + count). */
  histogram(slot: number, start: number, count: number): void;
  /** slot parent becomes parent minus child. */
  subtract(parent: number, child: number): void;
  /** Stable: rows with bin <= `bin` first (and missing ones, if they go left). Returns how many went left. */
  partition(start: number, count: number, feature: number, bin: number, missingLeft: boolean): number;
  /**
   * Marks in leafOf which leaf each row lies in and puts the exact sums of leaf i (gradient, hessian) at 2 * i of leafSums:
   * blocks of 4096 rows of a leaf, each summed in order, then the blocks in order. Leaves cover the first rows of arrays.rows.
   */
  sumLeaves(output: number, leaves: readonly LeafRange[]): void;
  /** scores[output][row] += arrays.leaves[leafOf[row]] for every row; only when the leaves hold all rows. */
  addLeaves(output: number): void;
  /** Adds the tree in arrays.nodes and arrays.leaves to the scores of every row of the part, routed by bins. */
  addTree(part: Part, output: number): void;
  /** Drops the memory; the session is dead afterwards. */
  close(): void;
}

/** Rows summed at a time in sumLeaves. */
export const SUM_BLOCK = 4096;
/** Largest quantised gradient for n rows, so that every sum stays inside 31 bits. */
export const quantumLimit = (rows: number): number => Math.max(1, Math.min(32767, Math.floor(2147483647 / Math.max(1, rows))));
