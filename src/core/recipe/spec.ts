// The recipe: what the person declared (RecipeSpec) and what training rows taught it (FittedRecipe). Plain JSON both.
// The recipe is the only truth of features; apply.ts turns it into a Matrix for training, evaluation, prediction and
// monitoring alike. Steps run in order; each reads and replaces columns by name.
import type { Json } from '../base/json.ts';
import type { Task } from '../base/task.ts';
import type { Feature } from '../table/matrix.ts';
import type { Schema } from '../table/table.ts';

/** One step: a registered type, the columns it takes ([] = every column its type takes at that point), its params. */
export type StepSpec = { id: string; type: string; columns: string[]; params: Json; disabled?: boolean };

export type RecipeSpec = {
  version: 1;
  task: Task;
  target: string;
  /** How the target is read: as it stands (null), or as the claim "target > above" (binary; classes "<= a" and "> a"). */
  above: number | null;
  /** Binary only: the class that counts as positive; null = the last in sorted order. */
  positive: string | null;
  /** Columns that are never features (identifiers, leaks, what is not known at prediction time). */
  drop: string[];
  steps: StepSpec[];
  /** The column that names the query or group of a row: never a feature, not asked for at prediction; no split may tear its rows apart. Left out = none. */
  group?: string;
  /** The number column that says what each row counts for in training and scores: no feature, not needed at prediction. Left out = all count 1. */
  weight?: string;
};

export type FittedRecipe = {
  version: 1;
  spec: RecipeSpec;
  /** The columns expected at prediction, in the order of training; target, group and dropped ones excluded. */
  input: Schema;
  /** One state per step of spec.steps, in order; null for a disabled step. */
  states: Json[];
  /** The features of the Matrix, in order. */
  output: Feature[];
  /** Sorted class names; [] for regression. For binary, the positive class is last. */
  classes: string[];
};
