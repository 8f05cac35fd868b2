// The fit worker's door: everything of a run that takes long, so that the engine stays free to answer. One call at a
// time; the pool sees to it. Stop keeps the best so far; a discard rejects with `stopped`.
import type { Hash } from '../core/base/json.ts';
import type { CurvePoint, Progress } from '../core/base/task.ts';
import type { DebugFinding } from '../core/debug/debug.ts';
import type { Bundle } from '../core/bundle/bundle.ts';
import type { DebugReport } from '../core/pipeline/debug-run.ts';
import type { KeptFit } from '../core/pipeline/kept-fit.ts';
import type { Forerunner, Prepared } from '../core/pipeline/prepare.ts';
import type { Run, RunSpec } from '../core/pipeline/run-spec.ts';
import type { RecipeSpec } from '../core/recipe/spec.ts';
import type { Structure, StructureSpec } from '../core/structure/structure.ts';
import type { Table } from '../core/table/table.ts';
import type { LabelReport, SuspectReport } from './data.ts';

type OnProgress = (progress: Progress) => void;
/** Another table of the project, for joins. */
export type NamedTable = { readonly id: Hash; readonly table: Table };
/** How a run is to be fitted; none of it changes the model. `threads` are for a learner that can share its work out. */
export type FitOptions = { readonly threads: number; readonly resume: KeptFit | null; readonly from: Forerunner | null };
/** A fit as it stands: the bytes of its checkpoint file; `pausing`: it ends here for now. Resolves once they are kept. */
export type OnKeep = (step: number, curve: readonly CurvePoint[], file: Uint8Array<ArrayBuffer>, pausing: boolean) => Promise<void>;
export interface FitApi {
  /** Split, recipe and matrices of a spec, shared where memory may be. */
  prepare(spec: RunSpec, table: Table, tables: readonly NamedTable[], from: Forerunner | null, onProgress: OnProgress): Promise<Prepared>;
  /** Fit, evaluation and bundle of a prepared spec. Rejects with `paused` when it was, once onKeep has kept it. */
  run(spec: RunSpec, prepared: Prepared, options: FitOptions, onProgress: OnProgress, onKeep: OnKeep): Promise<{ run: Run; bundle: Bundle }>;
  /** Debugging tools on a run's spec; `prepared` is what training used. */
  debug(spec: RunSpec, table: Table, tables: readonly NamedTable[], prepared: Prepared, options: { readonly tools: readonly string[]; readonly threads: number }, onProgress: OnProgress, onFinding: (finding: DebugFinding) => void): Promise<DebugReport>;
  /** Cells that look wrong. */
  suspects(table: Table, onProgress: OnProgress): Promise<SuspectReport>;
  /** Rows whose label models that never saw them disagree with. */
  labelIssues(table: Table, recipe: RecipeSpec, onProgress: OnProgress): Promise<LabelReport>;
  /** Components and clusters of a table's features. */
  structure(table: Table, recipe: RecipeSpec | null, spec: StructureSpec, onProgress: OnProgress): Promise<Structure>;
  /** Asks the running call to end: keep = with the best so far, else with the error `stopped`. */
  stop(keep: boolean): Promise<void>;
  /** Asks a running fit to keep a checkpoint and end; what cannot be resumed goes on. */
  pause(): Promise<void>;
}
