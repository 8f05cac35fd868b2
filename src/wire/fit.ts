// The fit worker's door: everything of a run that takes long, so that the engine stays free to answer. One call at a
// time; the pool sees to it. Stop keeps the best so far; a discard rejects with `stopped`.
import type { Hash } from '../core/base/json.ts';
import type { Progress } from '../core/base/task.ts';
import type { Bundle } from '../core/bundle/bundle.ts';
import type { Prepared } from '../core/pipeline/prepare.ts';
import type { Run, RunSpec } from '../core/pipeline/run-spec.ts';
import type { RecipeSpec } from '../core/recipe/spec.ts';
import type { Table } from '../core/table/table.ts';
import type { LabelReport, SuspectReport } from './data.ts';

type OnProgress = (progress: Progress) => void;
/** Another table of the project, for joins. */
export type NamedTable = { readonly id: Hash; readonly table: Table };
export interface FitApi {
  /** Split, recipe and matrices of a spec, shared where memory may be. */
  prepare(spec: RunSpec, table: Table, tables: readonly NamedTable[], onProgress: OnProgress): Promise<Prepared>;
  /** Fit, evaluation and bundle of a prepared spec. */
  run(spec: RunSpec, prepared: Prepared, onProgress: OnProgress): Promise<{ run: Run; bundle: Bundle }>;
  /** Cells that look wrong. */
  suspects(table: Table, onProgress: OnProgress): Promise<SuspectReport>;
  /** Rows whose label models that never saw them disagree with. */
  labelIssues(table: Table, recipe: RecipeSpec, onProgress: OnProgress): Promise<LabelReport>;
  /** Asks the running call to end: keep = with the best so far, else with the error `stopped`. */
  stop(keep: boolean): Promise<void>;
}
