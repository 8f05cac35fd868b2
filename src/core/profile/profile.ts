// What a table looks like: a JSON record for the page, the suggested recipe and monitoring; computed over all rows.
import type { Kind } from '../table/table.ts';

export type Bin = { from: number; to: number; count: number };
export type ColumnProfile = {
  name: string;
  kind: Kind;
  rows: number;
  missing: number;
  /** Exact up to 100,000 distinct values, else an estimate (HyperLogLog). */
  distinct: number;
  distinctIsExact: boolean;
  /** number, time (ms) and boolean (0/1): moments over present values. */
  number: { min: number; max: number; mean: number; sd: number; skew: number; zeros: number; integers: boolean; quantiles: { q: number; value: number }[]; histogram: Bin[] } | null;
  /** category and text: at most 50 most frequent; `rest` counts the others. */
  levels: { level: string; count: number }[] | null;
  rest: number;
  text: { minLength: number; maxLength: number; meanLength: number } | null;
  /** Numbers and times that never fall from row to row (but for one row in a thousand), none missing: the table may be in their order. Left out when false. */
  ascending?: boolean;
};

export type AlertSeverity = 'high' | 'watch' | 'info';
export type Alert = {
  code: string;
  severity: AlertSeverity;
  column: string | null;
  message: string;
  /** The threshold and figure behind it. */
  evidence: string;
  rows: number | null;
  /** A reversible fix: a recipe step to add, a column to drop from the features, or cleaning steps (core/clean types) to add. */
  fix: { label: string; drop?: string; step?: { type: string; columns: string[]; params: { [key: string]: string | number | boolean } }; clean?: { type: string; columns: string[]; params: { [key: string]: string | number | boolean } }[] } | null;
};

/** Association of two columns on complete rows: Pearson r, Spearman, Cramer's V or eta, as `measure` says; in [0, 1] or [-1, 1]. */
export type Pair = { a: string; b: string; measure: 'pearson' | 'spearman' | 'cramers-v' | 'eta'; value: number; rows: number };

/** `total` is exactly a + b in every row looked at. */
export type Sum = { total: string; a: string; b: string };

export type Profile = {
  version: 1;
  rows: number;
  columns: ColumnProfile[];
  duplicateRows: number;
  pairs: Pair[];
  /** Left out when there is none. */
  sums?: Sum[];
  /** Rows behind `pairs` and duplicates; less than `rows` means a seeded sample. */
  sampled: number;
  alerts: Alert[];
};
