// The bundle: everything needed to predict and to trust a prediction, in one versioned, content-hashed value.
// A file of it is read by read.ts (hostile until checked) and written by write.ts. Provenance (evaluation, run) is
// carried as plain JSON typed by the rooms that wrote it, so predicting needs none of them.
import type { Json } from '../base/json.ts';
import type { CleanSpec } from '../clean/clean.ts';
import type { Contract } from '../contract/contract.ts';
import type { Model } from '../models/model.ts';
import type { Profile } from '../profile/profile.ts';
import type { FittedRecipe } from '../recipe/spec.ts';

export interface Bundle<Evaluation extends Json = Json, Spec extends Json = Json> {
  readonly format: 'barnacle-bundle';
  readonly version: 1;
  readonly name: string;
  readonly recipe: FittedRecipe;
  /** Cleaning steps that are repeated on every row before the recipe; left out when there are none. */
  readonly clean?: CleanSpec;
  readonly contract: Contract;
  readonly model: Model;
  /** The profile of the training rows, for monitoring. */
  readonly baseline: Profile;
  readonly evaluation: Evaluation;
  readonly run: Spec;
  /** Raw rows with the predictions they must give (tolerance 1e-6), checked when an export loads. */
  readonly golden: { readonly rows: { readonly [column: string]: string | number | boolean | null }[]; readonly predictions: number[][] };
}
