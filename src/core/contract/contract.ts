// What rows must look like: inferred from training rows, edited by hand, checked at import and again at prediction.
import type { Kind } from '../table/table.ts';

export type Policy = 'accept' | 'warn' | 'refuse';
export type ColumnContract = {
  name: string;
  kind: Kind;
  required: boolean;
  /** Whether missing values were seen in training. */
  missing: Policy;
  /** number and time (ms): the training range; beyond it, `outside` applies. */
  range: { min: number; max: number } | null;
  outside: Policy;
  /** category and boolean: the levels seen in training (at most 1,000); others, `unseen` applies. */
  levels: string[] | null;
  unseen: Policy;
  /** A typical value for the try-it form: median, most frequent level, or null. */
  example: string | number | boolean | null;
};
export type Contract = { version: 1; columns: ColumnContract[] };

/** What one check found: `row` is null for findings about a whole column. */
export type Breach = { column: string; row: number | null; policy: Policy; code: 'missing-column' | 'missing' | 'outside' | 'unseen' | 'not-readable'; message: string };
