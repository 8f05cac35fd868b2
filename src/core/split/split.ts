// How rows are divided: the declared SplitSpec and the resulting parts. Training never sees test rows; `valid` is cut
// from the training side and serves early stopping.
import type { Rows } from '../table/table.ts';

export type SplitSpec = {
  kind: 'random' | 'stratified' | 'time' | 'group';
  /** The time or group column; null for random and stratified. */
  column: string | null;
  /** Share of rows for test, in (0, 0.9]. */
  test: number;
  /** Share of the remaining rows for validation, in [0, 0.5]. */
  valid: number;
};
export interface Split { readonly train: Rows; readonly valid: Rows; readonly test: Rows }
