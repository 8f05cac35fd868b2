// What rows must look like: inferred from training rows, edited by hand, checked at import and again at prediction.
// Fields that came later are optional: absent = nothing is asked, so an old contract means (and hashes to) what it did.
// The first group is checked cell by cell wherever rows come in; the second needs the whole column; `rules` the whole table.
import type { Kind } from '../table/table.ts';

export type Policy = 'accept' | 'warn' | 'refuse';
/** null = open on that side. */
export type Bounds = { min: number | null; max: number | null; policy: Policy };

export type ColumnContract = {
  name: string;
  kind: Kind;
  required: boolean;
  /** Whether missing values were seen in training. */
  missing: Policy;
  /** number and time (ms): the training range; beyond it, `outside` applies. */
  range: { min: number; max: number } | null;
  outside: Policy;
  /** The levels seen in training (at most 1,000); others, `unseen` applies. Numbers are compared as text. */
  levels: string[] | null;
  unseen: Policy;
  /** A typical value for the try-it form: median, most frequent level, or null. */
  example: string | number | boolean | null;

  /** number: whole numbers only. */
  integers?: Policy;
  /** category, text: a pattern as in pattern.ts; found anywhere unless anchored by ^ and $. `not`: it must not be found. */
  pattern?: { text: string; not?: boolean; policy: Policy };
  /** category, text: characters (code points). */
  length?: Bounds;
  /** Values that must not occur, as text. */
  forbidden?: { values: string[]; policy: Policy };
  /** time: days from the moment of the check, negative = before; max 0 = not in the future. Asked only where a clock is given. */
  fromNow?: Bounds;

  /** No present value twice. */
  unique?: Policy;
  /** Share of missing rows, 0 to 1. */
  missingShare?: { max: number; policy: Policy };
  /** number, time: each present value against the one before it. */
  order?: { direction: 'increasing' | 'decreasing'; strict: boolean; policy: Policy };
  /** How many different values. */
  distinct?: Bounds;
  /** Values that must occur, as text. */
  contains?: { values: string[]; policy: Policy };
};

export type Operator = '<' | '<=' | '=' | '!=' | '>=' | '>';
export type FigureName = 'mean' | 'median' | 'sd' | 'sum' | 'min' | 'max' | 'quantile' | 'distinct-share';

/** What is asked of the table as a whole, or across columns. Rows with a missing value among the columns named are not judged. */
export type TableRule =
  | { type: 'row-count'; min: number | null; max: number | null; policy: Policy }
  | { type: 'column-count'; min: number | null; max: number | null; policy: Policy }
  /** No columns beyond the contract's (`extra` false), and in its order (`ordered`). */
  | { type: 'columns'; extra: boolean; ordered: boolean; policy: Policy }
  | { type: 'compare'; left: string; operator: Operator; right: string; policy: Policy }
  | { type: 'unique-together'; columns: string[]; policy: Policy }
  /** The named columns differ from each other within each row. */
  | { type: 'distinct-within'; columns: string[]; policy: Policy }
  /** The columns add up to a number, or to another column, within `tolerance`. */
  | { type: 'sum'; columns: string[]; equals: number | string; tolerance: number; policy: Policy }
  /** True in every row, in the language of computed columns. */
  | { type: 'expression'; text: string; policy: Policy }
  /** A figure over all present values; `q` in [0, 1] for a quantile. */
  | { type: 'figure'; column: string; figure: FigureName; q?: number; min: number | null; max: number | null; policy: Policy }
  /** No value further than `most` standard deviations from the mean. */
  | { type: 'z-score'; column: string; most: number; policy: Policy }
  | { type: 'most-common'; column: string; values: string[]; policy: Policy }
  /** Kullback-Leibler divergence (nats) of the column's level shares from these, at most `most`. */
  | { type: 'shares'; column: string; shares: { level: string; share: number }[]; most: number; policy: Policy };
export type TableRuleType = TableRule['type'];

export type Contract = { version: 1; columns: ColumnContract[]; rules?: TableRule[] };

export type BreachCode =
  | 'missing-column' | 'missing' | 'outside' | 'unseen' | 'not-readable'
  | 'not-integer' | 'pattern' | 'length' | 'forbidden' | 'from-now'
  | 'repeated' | 'missing-share' | 'order' | 'distinct' | 'absent'
  | 'rule' | 'rule-unfit';

/**
 * What one check found. `row` is null for findings about a whole column or table (`column` is '' for the latter).
 * `more`: not a finding of its own, so many cells like those listed before were left off. `rule`: index in `rules`.
 */
export type Breach = { column: string; row: number | null; policy: Policy; code: BreachCode; message: string; more?: number; rule?: number };
