// The fit worker's door: everything of a run that takes long, so that the engine stays free to answer. One call at a
// time; the pool sees to it. Stop keeps the best so far; a discard rejects with `stopped`.
import type { Progress } from '../core/base/task.ts';
import type { Bundle } from '../core/bundle/bundle.ts';
import type { Prepared } from '../core/pipeline/prepare.ts';
import type { Run, RunSpec } from '../core/pipeline/run-spec.ts';
import type { Table } from '../core/table/table.ts';

type OnProgress = (progress: Progress) => void;
export interface FitApi {
  /** Split, recipe and matrices of a spec, shared where memory may be. */
  prepare(spec: RunSpec, table: Table, onProgress: OnProgress): Promise<Prepared>;
  /** Fit, evaluation and bundle of a prepared spec. */
  run(spec: RunSpec, prepared: Prepared, onProgress: OnProgress): Promise<{ run: Run; bundle: Bundle }>;
  /** Asks the running call to end: keep = with the best so far, else with the error `stopped`. */
  stop(keep: boolean): Promise<void>;
}
