// What reading a file into memory will cost, said before it is done.
import type { Json } from '../../base/json.ts';
import type { PlannedColumn } from './whole-columns.ts';

/** A way to read less: `options` go to readTable. `rows` and `bytes` of the table then. */
export type ReadWay = { label: string; text: string; options: { [key: string]: Json }; rows: number; bytes: number };

export type ReadPlan = {
  format: string;
  sourceBytes: number;
  rows: number;
  /** Of the columns in memory. */
  bytes: number;
  /** At most in use while reading: the columns, and what stands beside them for a moment. */
  peak: number;
  /** What this machine may use for it. */
  budget: number;
  fits: boolean;
  /** Where the figures come from: the whole file (exact), a sample of its bytes, its own footer, or only its size. */
  basis: 'whole' | 'sample' | 'footer' | 'size';
  columns: PlannedColumn[];
  /** When it does not fit: what to do instead, first the one recommended. */
  ways: ReadWay[];
};
