// Labels that may be wrong: looked for when asked, by models that never saw the row they judge; then reviewed in a queue.
import type { Hash } from '../../../../core/base/json.ts';
import type { Progress } from '../../../../core/base/task.ts';
import type { RecipeSpec } from '../../../../core/recipe/spec.ts';
import type { LabelReport } from '../../../../wire/data.ts';
import type { EngineApi } from '../../../../wire/engine.ts';
import type { JobsState } from '../../../state/jobs-state.svelte.ts';
import { LabelQueue } from './label-queue.svelte.ts';

export class LabelsState {
  #queue = $state.raw<LabelQueue | null>(null);
  #of = $state.raw<{ dataset: Hash; target: string } | null>(null);
  #progress = $state.raw<Progress | null>(null);
  #job = $state.raw<string | null>(null);
  readonly #engine: Pick<EngineApi, 'labelIssues'>;
  readonly #jobs: Pick<JobsState, 'run' | 'stop'>;

  constructor(engine: Pick<EngineApi, 'labelIssues'>, jobs: Pick<JobsState, 'run' | 'stop'>) {
    this.#engine = engine;
    this.#jobs = jobs;
  }

  get busy(): boolean { return this.#job !== null; }
  get progress(): Progress | null { return this.#progress; }
  reportOf(dataset: Hash | null, target: string | null): LabelReport | null { return this.queueOf(dataset, target)?.report ?? null; }
  /** The review of this dataset and target; null when it was not looked at. */
  queueOf(dataset: Hash | null, target: string | null): LabelQueue | null { return this.#of !== null && this.#of.dataset === dataset && this.#of.target === target ? this.#queue : null; }

  async look(dataset: Hash, recipe: RecipeSpec): Promise<LabelQueue | null> {
    if (this.busy) return null;
    try {
      const report = await this.#jobs.run('Looking for wrong labels', (job, report) => {
        this.#job = job;
        return this.#engine.labelIssues(job, dataset, recipe, (progress) => { this.#progress = progress; report(progress); });
      });
      if (report === undefined) return null;
      this.#of = { dataset, target: recipe.target };
      this.#queue = new LabelQueue(report, recipe.target);
      return this.#queue;
    } finally {
      this.#job = null;
      this.#progress = null;
    }
  }
  stop(): void { if (this.#job !== null) void this.#jobs.stop(this.#job, false); }
}
