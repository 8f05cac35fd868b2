// The fit worker's door: one learner fit at a time, from a prepared Matrix to a plain Model.
// A second call while one runs is refused by the pool, never queued here. Stop keeps the best so far; a discard throws.
import type { Progress, Versions } from '../core/base/task.ts';
import type { Model } from '../core/models/model.ts';
import type { FitJob } from '../core/pipeline/run.ts';

export type FitReply = { model: Model; made: Versions };
export interface FitApi {
  fit(job: FitJob, onProgress: (progress: Progress) => void): Promise<FitReply>;
  /** Asks the running fit to end: keep = with the best so far, else with the error `stopped`. */
  stop(keep: boolean): Promise<void>;
}
