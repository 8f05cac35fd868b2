// The seam between serving and the machine: what is worth a fast twin when models predict. Absent or refusing, core does it.
// A twin gives the same bits as core (same sums in the same order), so nothing but time depends on whether one was given.
import type { Matrix } from '../table/matrix.ts';
import type { Model } from './model.ts';

export interface ServingKernels {
  /** wasm, or what else it runs on, for people. */
  readonly backend: string;
  /** scores (row-major, rows x outputs) += the leaves that rows reach in a checked `trees` model, in tree order: true. False = nothing was done. */
  addTrees(model: Model, matrix: Matrix, scores: Float64Array): boolean;
  /** scores ((to - from) x members x outputs, row-major) = what a checked `net` model scores rows from..to before its link: true. False = nothing was done. Absent = core scores nets. */
  netScores?(model: Model, matrix: Matrix, from: number, to: number, scores: Float64Array): boolean;
}

/** What a door may put beside a work context; absent or null = core serves by itself. */
export type ServingContext = { readonly serving?: ServingKernels | null };
