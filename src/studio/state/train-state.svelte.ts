// What will be trained and the training itself: chosen learners with their params -> RunSpecs -> runs as they end.
// A spec that is already on the leaderboard is not trained twice: equal spec, equal id. What is under way stands in the
// project's record, so a reload or a lost engine begins it again; what a person stopped does not come back.
import { isBarnacleError } from '../../core/base/errors.ts';
import { hashJson } from '../../core/base/hash.ts';
import { defaults, type AnyParams } from '../../core/base/params.ts';
import type { Hash, Json } from '../../core/base/json.ts';
import type { Run, RunSpec } from '../../core/pipeline/run-spec.ts';
import type { Catalog, EngineApi } from '../../wire/engine.ts';
import type { JobsState, Report } from './jobs-state.svelte.ts';
import { cleaningOf, type ProjectState } from './project-state.svelte.ts';
import { runShare, stageStart } from './run-share.ts';
import { isBaseline } from './runs-state.svelte.ts';

export type Choice = { type: string; params: { [key: string]: Json } };
/** client/alone.ts, or a test's own: work that one tab at a time does. */
export type WhileAlone = <T>(name: string, wait: boolean, work: () => Promise<T>) => Promise<T>;

export class TrainState {
  #choices = $state.raw<readonly Choice[]>([]);
  #seed = $state(1);
  #job = $state<string | null>(null);
  #running = $state(false);
  #resumed = $state(0);
  readonly #engine: EngineApi;
  readonly #jobs: JobsState;
  readonly #project: ProjectState;
  readonly #catalog: () => Catalog | null;
  readonly #whileAlone: WhileAlone;

  constructor(parts: { engine: EngineApi; jobs: JobsState; project: ProjectState; catalog: () => Catalog | null; whileAlone: WhileAlone }) {
    this.#engine = parts.engine;
    this.#jobs = parts.jobs;
    this.#project = parts.project;
    this.#catalog = parts.catalog;
    this.#whileAlone = parts.whileAlone;
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
  get running(): boolean { return this.#running; }
  /** How many runs of the training that goes on, or of the last one, were begun again after a reload or a lost engine. */
  get resumed(): number { return this.#resumed; }

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
    const { dataset, recipe, split, clean, contract } = this.#project.record;
    const metrics = recipe === null ? undefined : this.#catalog()?.ranking[recipe.task];
    if (dataset === null || recipe === null || split === null || metrics === undefined) return [];
    return this.choices.map((choice) => ({ data: dataset, ...cleaningOf(clean), ...(contract ? { contract } : {}), recipe, split, learner: { type: choice.type, params: choice.params }, metrics, seed: this.#seed }));
  }
  /** Those of `specs` without a result yet; a baseline is the same for every seed, so one is enough. */
  get missing(): readonly RunSpec[] {
    return this.specs.filter((spec) => {
      if (spec.learner.type === 'baseline' && this.#project.runs.ranked.some((run) => isBaseline(run) && this.#project.isCurrent(run))) return false;
      const run = this.#project.runs.byId(hashJson(spec));
      return run === null || run.status === 'failed' || run.status === 'stopped' || run.evaluation === null;
    });
  }

  /** Trains what is missing; resolves when all have ended. Does nothing while a training runs, or for a target that cannot be learned. */
  async train(): Promise<void> {
    const specs = this.missing;
    if (specs.length === 0 || this.running || this.#project.trouble !== null) return;
    this.#resumed = 0;
    this.#running = true;
    this.#project.beginRuns(specs);
    await this.#whileAlone(this.#lockName, false, () => this.#trainAll(this.#titleOf(specs), specs)).finally(() => { this.#running = false; });
  }

  /** Goes on with what was under way when the page was left, once no other tab does; true when there was any. */
  async resume(): Promise<boolean> {
    if (this.#project.record.pending.length === 0 || this.running) return false;
    return this.#whileAlone(this.#lockName, true, async () => {
      if (this.running) return false;
      const stored = await this.#engine.openProject(this.#project.id);
      const specs = this.#project.resumeRuns(stored.runs);
      if (specs.length === 0) return false;
      this.#resumed = specs.length;
      this.#running = true;
      await this.#trainAll(`${this.#titleOf(specs)} (resumed)`, specs).finally(() => { this.#running = false; });
      return true;
    });
  }

  /** Ends one run of the training that goes on now: keeping what it has, or throwing it away. */
  async end(run: Run, keep: boolean): Promise<void> {
    this.#project.forgetPending([run.id]);
    if (this.#job !== null) await this.#engine.stop(this.#job, run.id, keep);
  }
  /** Ends all of it, keeping the best so far. */
  async endAll(): Promise<void> {
    this.#project.forgetPending(this.#project.record.pending.map((each) => hashJson(each.spec)));
    if (this.#job !== null) await this.#jobs.stop(this.#job, true);
  }
  /** Ends all of it without a result: its project is being deleted. */
  async discardAll(): Promise<void> {
    this.#project.forgetPending(this.#project.record.pending.map((each) => hashJson(each.spec)));
    if (this.#job !== null) await this.#jobs.stop(this.#job, false);
  }

  async #trainAll(title: string, specs: readonly RunSpec[]): Promise<void> {
    const project = this.#project;
    const ids = specs.map((spec) => hashJson(spec));
    const shares = new Map<Hash, number>(ids.map((id) => [id, 0]));
    const owed = (): RunSpec[] => project.record.pending.map((each) => each.spec).filter((spec) => ids.includes(hashJson(spec)));
    const onStop = (): void => project.forgetPending(ids);
    await this.#jobs.run(title, async (job, report) => {
      this.#job = job;
      await project.settled;
      for (let todo = owed(); todo.length > 0; todo = await this.#trainOnce(job, todo, shares, report) ? [] : owed());
    }, { canKeep: true, onStop });
    this.#job = null;
    project.forgetPending(ids);
    for (const id of ids) {
      const run = project.runs.byId(id);
      if (run !== null && (run.status === 'waiting' || run.status === 'running')) project.runs.put({ ...run, status: 'stopped' });
    }
  }

  /** True when all have ended; false when the engine was lost and what is still owed may be begun again. */
  async #trainOnce(job: string, specs: readonly RunSpec[], shares: Map<Hash, number>, report: Report): Promise<boolean> {
    const project = this.#project;
    const tell = (text: string): void => report({ stage: 'train', done: [...shares.values()].reduce((a, b) => a + b, 0) / shares.size, text });
    try {
      await this.#engine.train(job, specs[0]!.data, [...specs], (id, progress) => {
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
      return true;
    } catch (error) {
      if (!isBarnacleError(error, 'worker-lost')) throw error;
      this.#resumed = project.resumeRuns([]).length;
      await project.settled;
      return false;
    }
  }

  get #lockName(): string { return `barnacle-training-${this.#project.id}`; }
  #titleOf(specs: readonly RunSpec[]): string { return `Training ${specs.length === 1 ? this.#labelOf(specs[0]!) : `${specs.length} models`}`; }
  #labelOf(spec: RunSpec): string {
    return this.#catalog()?.learners.find((learner) => learner.type === spec.learner.type)?.label ?? spec.learner.type;
  }
}

const fallback = (params: AnyParams): { [key: string]: Json } => ({ ...(defaults(params as never) as { [key: string]: Json }) });
