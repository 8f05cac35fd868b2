// The contract of a recipe step: fit learns a small JSON state from training rows, apply uses it on any rows.
// fit is pure and repeatable and sees training rows only; apply never changes its input table and gives one row what
// it gave that row in a batch. Only `training` may change what apply gives (out-of-fold encodings), row by position.
import type { Json } from '../base/json.ts';
import type { Params } from '../base/params.ts';
import type { Target } from '../table/matrix.ts';
import type { Kind, Table } from '../table/table.ts';

export interface StepContext {
  readonly seed: number;
  /** The training rows' truth, for supervised steps; null when there is none. */
  readonly target: Target | null;
  /** True when the table holds exactly the rows that the state was fitted on, in the same order. */
  readonly training: boolean;
  /** new column name -> raw column it came from; steps that make columns record it here while fitting and applying. */
  readonly sources: Map<string, string>;
}

export interface Step<P = unknown, S extends Json = Json> {
  readonly type: string;
  readonly label: string;
  readonly help: string;
  /** Kinds of column it can take. */
  readonly takes: readonly Kind[];
  readonly params: Params<P>;
  /** `columns` are names that exist in `table` with a kind that it takes. */
  fit(table: Table, columns: readonly string[], params: P, context: StepContext): S;
  apply(table: Table, columns: readonly string[], params: P, state: S, context: StepContext): Table;
  /** One plain line about a fitted state, for the recipe's list ("median 28, 177 filled"). */
  describe?(columns: readonly string[], params: P, state: S): string;
}
export const defineStep = <P, S extends Json>(step: Step<P, S>): Step<P, S> => step;

/** The state of one step as stored in FittedRecipe.states: the columns it was fitted on, and what it learned of them. */
export type StepState = { columns: string[]; state: Json };
