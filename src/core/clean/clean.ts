// Cleaning: what the person declared to make a table of the one that was read (CleanSpec), and the contract of its steps.
// A dataset version is raw bytes + how they were read + this list; nothing is stored twice. Steps learn nothing: limits,
// maps and words stand in their params, put there by a suggestion or by hand, so that a step does the same to every table.
import type { Hash, Json } from '../base/json.ts';
import type { ErrorRecord } from '../base/errors.ts';
import type { Params } from '../base/params.ts';
import type { Note } from '../base/task.ts';
import type { Kind, Rows, Table } from '../table/table.ts';

/** One step: a registered type, the columns it takes, its params; `comment` is the person's own words. */
export type CleanStep = { id: string; type: string; columns: string[]; params: Json; disabled?: boolean; comment?: string };
export type CleanSpec = { version: 1; steps: CleanStep[] };

/**
 * row: each row by itself, columns may come and go; replayed on every row at prediction.
 * data: chooses, orders or corrects rows of the stored data, same columns; left out at prediction.
 * shape: makes another table (group, pivot, join); a model trained behind it takes the rows of that table.
 */
export type CleanScope = 'row' | 'data' | 'shape';

export interface CleanContext {
  /** Other tables of the project, for joins; null when it is not there. */
  table(id: Hash): Table | null;
}
/** A context without other tables. */
export const alone: CleanContext = { table: () => null };

export interface Cleaned {
  readonly table: Table;
  /** data: which rows of the input are left, in order; null = all of them, as they stood. Always null for row and shape. */
  readonly rows: Rows | null;
  /** Cells that have another value now (or became missing); new columns count as none. */
  readonly changed: number;
  readonly notes: Note[];
  /** Output columns that are new, renamed or made of others -> the input columns they come from; the rest come from themselves. */
  readonly sources: { readonly [column: string]: readonly string[] };
}

export interface Cleaner<P = unknown> {
  readonly type: string;
  readonly label: string;
  readonly help: string;
  readonly scope: CleanScope;
  /** Kinds of column it can take; [] = it takes no columns. */
  readonly takes: readonly Kind[];
  /** Fewest and most columns; most 0 = any number. With fewest 0, no columns = every column that it takes. */
  readonly arity: { readonly fewest: number; readonly most: number };
  readonly params: Params<P>;
  /** True when each column is treated by itself: where one is absent at prediction, the others are still treated. */
  readonly each?: boolean;
  /** Never changes its input. Throws missing-column, bad-param, duplicate-column, too-large; what single cells refuse are notes. */
  apply(table: Table, columns: readonly string[], params: P, context: CleanContext): Cleaned;
  /** The step in one plain line ("city: 3 spellings become Paris"). */
  describe(columns: readonly string[], params: P): string;
}
export const defineCleaner = <P>(cleaner: Cleaner<P>): Cleaner<P> => cleaner;

/** What one step did; a step that failed leaves the table as it was and says why. */
export type StepOutcome = { id: string; text: string; rowsBefore: number; rowsAfter: number; columns: number; changed: number; notes: Note[]; error: ErrorRecord | null };

/** What a whole list did. `start` is the table behind the last shape step: the rows that a model is given at prediction. */
export interface CleanResult {
  readonly table: Table;
  readonly start: Table;
  /** Row i of `table` came from row origin[i] of `start`; null = the same rows. */
  readonly origin: Rows | null;
  /** The row steps behind the last shape step: what serving replays, enabled ones only. */
  readonly served: CleanSpec;
  readonly outcomes: StepOutcome[];
  /** Column of `table` -> columns of the table that was read. */
  readonly lineage: { readonly [column: string]: readonly string[] };
  /** Column of `table` -> columns of `start`. */
  readonly inputs: { readonly [column: string]: readonly string[] };
}
