// What a fit would train with, without training: for the debugging tools (core/debug), which train a little on their own.
// Made by the learner from the same plan as a fit, so that what is studied is what is trained.
import type { NetBatch, NetOpen } from './net-kernels.ts';

export interface NetStudy {
  /** Net, loss, optimiser and start as the fit's; maxRows is a batch's. */
  readonly open: NetOpen;
  /** The highest learning rate of the schedule. */
  readonly rate: number;
  /** Rows of a batch. */
  readonly batchRows: number;
  /** Indices of the training rows that count (weight above 0). */
  readonly rows: Int32Array;
  /** The batch of those rows, x, codes and truth as the fit would have them; `hard`: classes without label smoothing. */
  batch(rows: Int32Array, hard?: boolean): NetBatch;
}
