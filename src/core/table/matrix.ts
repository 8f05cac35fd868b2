// What learners and models see: numeric features, column-major, with the target and weights beside them.
// Every feature is a Float32Array of `rows` values; missing is NaN, categories never appear (the recipe encoded them).
// Produced only by core/recipe's applyRecipe.
import type { Task } from '../base/task.ts';

/** One feature: its name and the raw column it came from (for importances rolled up to what the person knows). */
export type Feature = {
  name: string;
  source: string;
  /** A nominal feature: its values are codes 0 to levels - 1 without order (NaN = missing or unseen). Absent = a number. Trees and nets take them. */
  levels?: number;
};

/** Class codes into `classes` (sorted by code unit; for binary, classes[1] is the positive class). */
export interface ClassTarget { readonly kind: 'class'; readonly classes: readonly string[]; readonly codes: Int32Array }
export interface ValueTarget { readonly kind: 'value'; readonly values: Float64Array }
export type Target = ClassTarget | ValueTarget;

export interface Matrix {
  readonly rows: number;
  readonly features: readonly Feature[];
  /** One array of `rows` values for each feature; NaN = missing, never infinite. */
  readonly data: readonly Float32Array[];
  /** Null when the rows carry no truth (prediction). */
  readonly target: Target | null;
  /** One weight >= 0 per row, or null = all 1. */
  readonly weight: Float32Array | null;
  /** The query that each row belongs to, for ranking: rows of one query share a number (from 0, of this matrix alone). Absent = none. */
  readonly groups?: Int32Array;
}

/**
 * What a model says of rows x width numbers, row-major. Width is 1 for regression (the value) and binary
 * (the probability of classes[1]); K for multiclass (probabilities that sum to 1).
 */
export interface Prediction {
  readonly task: Task;
  readonly classes: readonly string[];
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}
