// What will be trained and the training itself: chosen learners with their params -> RunSpecs -> runs as they end.
// A spec that is already on the leaderboard is not trained twice: equal spec, equal id.
import { hashJson } from '../../core/base/hash.ts';
import { defaults, type AnyParams } from '../../core/base/params.ts';
import type { Hash, Json } from '../../core/base/json.ts';
import type { Run, RunSpec } from '../../core/pipeline/run-spec.ts';
import type { Catalog, EngineApi } from '../../wire/engine.ts';
import type { JobsState } from './jobs-state.svelte.ts';
import type { ProjectState } from './project-state.svelte.ts';
import { runShare, stageStart } from './run-share.ts';
import { isBaseline } from './runs-state.svelte.ts';

export type Choice = { type: string; params: { [key: string]: Json } };
type Now = () => number;

export class TrainState {
  #choices = $state.raw<readonly Choice[]>([]);
  #seed = $state(1);
  #job = $state<string | null>(null);
  readonly #engine: EngineApi;
  readonly #jobs: JobsState;
  readonly #project: ProjectState;
  readonly #catalog: () => Catalog | null;
  readonly #now: Now;

  constructor(parts: { engine: EngineApi; jobs: JobsState; project: ProjectState; catalog: () => Catalog | null; now: Now }) {
    this.#engine = parts.engine;
    this.#jobs = parts.jobs;
    this.#project = parts.project;
    this.#catalog = parts.catalog;
    this.#now = parts.now;
  }

  /** Learners that fit the task, in the registry's order. */
  get learners(): Catalog['learners'] {
    const task = this.#project.task;
    return task === null ? [] : (this.#catalog()?.learners.filter((learner) => learner.tasks.includes(task)) ?? []);
  }
  /** What Train will fit: what was picked, or one of each learner with its defaults. */
  get choices(): readonly Choice[] {
    return this.#choices.length > 0 ? this.#choices : this.learners.map((learner) => ({ type: learner.type, params: fallback(learner.params) }));
  }
  get seed(): number { return this.#seed; }
  set seed(value: number) { this.#seed = value; }
  get running(): boolean { return this.#job !== null; }

  /** Chooses those learners with their defaults; types that do not fit the task are ignored. */
  pick(types: readonly string[]): void {
    this.#choices = this.learners.filter((learner) => types.includes(learner.type)).map((learner) => ({ type: learner.type, params: fallback(learner.params) }));
  }
  toggle(type: string): void {
    const rest = this.choices.filter((choice) => choice.type !== type);
    const learner = this.learners.find((each) => each.type === type);
    if (rest.length === this.choices.length && learner) this.#choices = [...rest, { type, params: fallback(learner.params) }];
    else if (rest.length > 0) this.#choices = rest;
  }
  setParams(type: string, params: { [key: string]: Json }): void {
    this.#choices = this.choices.map((choice) => (choice.type === type ? { type, params } : choice));
  }
  paramsOf(type: string): { [key: string]: Json } {
    const learner = this.learners.find((each) => each.type === type);
    return this.choices.find((choice) => choice.type === type)?.params ?? (learner ? fallback(learner.params) : {});
  }

  /** The specs that Train would fit now. Empty without data, recipe or split. */
  get specs(): readonly RunSpec[] {
    const { dataset, recipe, split } = this.#project.record;
    const metrics = recipe === null ? undefined : this.#catalog()?.ranking[recipe.task];
    if (dataset === null || recipe === null || split === null || metrics === undefined) return [];
    return this.choices.map((choice) => ({ data: dataset, recipe, split, learner: { type: choice.type, params: choice.params }, metrics, seed: this.#seed }));
  }
  /** Those of `specs` without a result yet; a baseline is the same for every seed, so one is enough. */
  get missing(): readonly RunSpec[] {
    return this.specs.filter((spec) => {
      if (spec.learner.type === 'baseline' && this.#project.runs.ranked.some((run) => isBaseline(run) && this.#project.isCurrent(run))) return false;
      const run = this.#project.runs.byId(hashJson(spec));
      return run === null || run.status === 'failed' || run.status === 'stopped' || run.evaluation === null;
    });
  }

  /** Trains what is missing; resolves when all have ended. Does nothing while a training runs. */
  async train(): Promise<void> {
    const { dataset } = this.#project.record;
    const specs = this.missing;
    if (dataset === null || specs.length === 0 || this.running) return;
    const project = this.#project;
    const shares = new Map<Hash, number>(specs.map((spec) => [hashJson(spec), 0]));
    const title = specs.length === 1 ? `Training ${this.#labelOf(specs[0]!)}` : `Training ${specs.length} models`;
    for (const spec of specs) project.putRun(waiting(spec, this.#now()));
    await this.#jobs.run(title, async (job, report) => {
      this.#job = job;
      const tell = (text: string): void => report({ stage: 'train', done: [...shares.values()].reduce((a, b) => a + b, 0) / shares.size, text });
      await this.#engine.train(job, dataset, [...specs], (id, progress) => {
        const run = project.runs.byId(id);
        if (run?.status === 'waiting') project.runs.put({ ...run, status: 'running' });
        project.runs.hear(id, progress);
        shares.set(id, Math.max(shares.get(id) ?? 0, runShare(progress) ?? stageStart(progress)));
        tell(progress.text);
      }, (run) => {
        project.putRun(run);
        if (run.status !== 'waiting' && run.status !== 'running') shares.set(run.id, 1);
        tell(`${this.#labelOf(run.spec)} ${run.status}`);
      });
    }, { canKeep: true });
    this.#job = null;
    for (const spec of specs) {
      const run = project.runs.byId(hashJson(spec));
      if (run !== null && (run.status === 'waiting' || run.status === 'running')) project.runs.put({ ...run, status: 'stopped' });
    }
  }

  /** Ends one run of the training that goes on now: keeping what it has, or throwing it away. */
  async end(run: Run, keep: boolean): Promise<void> {
    if (this.#job !== null) await this.#engine.stop(this.#job, run.id, keep);
  }
  /** Ends all of it, keeping the best so far. */
  async endAll(): Promise<void> {
    if (this.#job !== null) await this.#jobs.stop(this.#job, true);
  }

  #labelOf(spec: RunSpec): string {
    return this.#catalog()?.learners.find((learner) => learner.type === spec.learner.type)?.label ?? spec.learner.type;
  }
}

const fallback = (params: AnyParams): { [key: string]: Json } => ({ ...(defaults(params as never) as { [key: string]: Json }) });

const waiting = (spec: RunSpec, startedAt: number): Run => ({
  id: hashJson(spec), spec, status: 'waiting', curve: [], evaluation: null, importance: null, bundle: null, modelHash: null,
  modelBytes: null, counts: null, predictMicros: null, error: null, startedAt, fitMs: null, made: null,
});
