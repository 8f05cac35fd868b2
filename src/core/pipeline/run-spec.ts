// The unit of everything: a RunSpec says what was asked, a Run what came of it. Run.id = hash(spec).
import type { ErrorRecord } from '../base/errors.ts';
import type { Hash, Json } from '../base/json.ts';
import type { CurvePoint, Versions } from '../base/task.ts';
import type { CleanSpec } from '../clean/clean.ts';
import type { DebugFinding } from '../debug/debug.ts';
import type { Contract } from '../contract/contract.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { RecipeSpec } from '../recipe/spec.ts';
import type { SplitSpec } from '../split/split.ts';

export type RunSpec = {
  /** The dataset as it was read. */
  data: Hash;
  /** What was done to it before the recipe; left out = nothing. */
  clean?: CleanSpec;
  /** The contract as edited by hand; columns it lacks are inferred. Left out = inferred from training rows. */
  contract?: Contract;
  recipe: RecipeSpec;
  split: SplitSpec;
  learner: { type: string; params: Json };
  /** Metric types; the first ranks the leaderboard. */
  metrics: string[];
  seed: number;
  /** The bundle whose recipe and model the fit goes on from (warm start); left out = none. */
  from?: Hash;
};

/** `paused`: ended by the person to be gone on with; such a run is under way as one that waits is, and is not stored. */
export type RunStatus = 'waiting' | 'running' | 'paused' | 'done' | 'stopped' | 'failed';
export type Run = {
  id: Hash;
  spec: RunSpec;
  status: RunStatus;
  curve: CurvePoint[];
  evaluation: Evaluation | null;
  /** Raw columns by mean loss of the ranking metric when shuffled on test rows; filled on demand. */
  importance: { column: string; value: number; low: number; high: number }[] | null;
  bundle: Hash | null;
  modelHash: Hash | null;
  modelBytes: number | null;
  counts: { train: number; valid: number; test: number } | null;
  predictMicros: number | null;
  error: ErrorRecord | null;
  /** Milliseconds since 1970, from the door's clock. */
  startedAt: number;
  fitMs: number | null;
  made: Versions | null;
  /** The step that its fit went on from when it was interrupted last; left out = fitted in one go. */
  resumed?: number;
  /** What the debugging tools found, each tool's last finding; left out = none was run. */
  debug?: DebugFinding[];
};
