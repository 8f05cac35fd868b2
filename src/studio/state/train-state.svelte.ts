// What will be trained and the training itself: chosen learners with their params -> RunSpecs -> runs as they end.
// A spec that is already on the leaderboard is not trained twice: equal spec, equal id. What is under way stands in the
// project's record, so a reload or a lost engine goes on with it; what is paused waits for the person, also after a
// reload; what a person stopped does not come back. Several trainings may go on: each resumed run is one of its own.
import { isBarnacleError } from '../../core/base/errors.ts';
import { hashJson } from '../../core/base/hash.ts';
import { defaults, forTask, type AnyParams } from '../../core/base/params.ts';
import type { Hash, Json } from '../../core/base/json.ts';
import type { Task } from '../../core/base/task.ts';
import type { Run, RunSpec } from '../../core/pipeline/run-spec.ts';
import type { Catalog, EngineApi, JobId, MemoryPlan } from '../../wire/engine.ts';
import type { JobsState, Report } from './jobs-state.svelte.ts';
import { metricsOf } from './metrics-of.ts';
import { cleaningOf, type ProjectState } from './project-state.svelte.ts';
import { runShare, stageStart } from './run-share.ts';
import { isBaseline, isUnderWay } from './runs-state.svelte.ts';

export type Choice = { type: string; params: { [key: string]: Json } };
/** client/alone.ts, or a test's own: work that one tab at a time does. */
export type WhileAlone = <T>(name: string, wait: boolean, work: () => Promise<T>) => Promise<T>;

export class TrainState {
  #choices = $state.raw<readonly Choice[]>([]);
  #seed = $state(1);
  /** The job that each run under way belongs to. */
  readonly #jobOf = new Map<Hash, JobId>();
  #trainings = $state(0);
  #resumed = $state(0);
  #pausing = $state.raw<ReadonlySet<Hash>>(new Set());
  #memory = $state.raw<readonly MemoryPlan[]>([]);
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
  /** What Train will fit: what was picked, or one of each learner that is trained by default. */
  get choices(): readonly Choice[] {
    return this.#choices.length > 0 ? this.#choices : this.learners.filter((learner) => learner.byDefault !== false).map((learner) => ({ type: learner.type, params: fallback(learner.params) }));
  }
  get seed(): number { return this.#seed; }
  set seed(value: number) { this.#seed = value; }
  get running(): boolean { return this.#trainings > 0; }
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
    const ranking = recipe === null ? undefined : this.#catalog()?.ranking[recipe.task];
    if (dataset === null || recipe === null || split === null || ranking === undefined) return [];
    const metrics = metricsOf(recipe, this.#project.profile?.columns.find((column) => column.name === recipe.target), ranking);
    return this.choices.map((choice) => ({ data: dataset, ...cleaningOf(clean), ...(contract ? { contract } : {}), recipe, split, learner: { type: choice.type, params: this.#forTask(choice, recipe.task) }, metrics, seed: this.#seed }));
  }
  get task(): Task | null { return this.#project.task; }
  /** The params as chosen, but for those that were chosen for another task. */
  #forTask({ type, params }: Choice, task: Task): { [key: string]: Json } {
    const learner = this.learners.find((each) => each.type === type);
    return learner ? forTask(learner.params, params, task) : params;
  }
  /** Those of `specs` without a result yet; a baseline is the same for every seed, so one is enough. */
  get missing(): readonly RunSpec[] {
    return this.specs.filter((spec) => {
      if (spec.learner.type === 'baseline' && this.#project.runs.ranked.some((run) => isBaseline(run) && this.#project.isCurrent(run))) return false;
      const run = this.#project.runs.byId(hashJson(spec));
      return run === null || run.status === 'failed' || run.status === 'stopped' || (run.evaluation === null && run.status !== 'paused');
    });
  }
  /** Runs that wait for the person to go on with them. */
  get paused(): readonly Run[] { return this.#project.runs.all.filter((run) => run.status === 'paused'); }
  /** True from the wish to pause until the run has. */
  isPausing(run: Run): boolean { return this.#pausing.has(run.id); }
  /** True when a pause loses nothing: it waits still, or its learner can be resumed. */
  canPause(run: Run): boolean {
    return run.status === 'waiting' || (run.status === 'running' && this.#catalog()?.learners.find((learner) => learner.type === run.spec.learner.type)?.resumes === true);
  }
  /** What the fits that Train would start take in memory, as far as was asked. */
  get memory(): readonly MemoryPlan[] { return this.#memory; }
  /** Asks the engine for `memory`; what cannot be told (yet) is left out. */
  async askMemory(): Promise<void> {
    const specs = this.missing;
    this.#memory = specs.length === 0 ? [] : await this.#engine.memoryPlans([...specs]).catch(() => []);
  }

  /** Trains what is missing; resolves when all have ended. Does nothing while a training runs, or for a target that cannot be learned. */
  async train(): Promise<void> {
    const specs = this.missing;
    if (specs.length === 0 || this.running || this.#project.trouble !== null) return;
    this.#resumed = 0;
    this.#project.beginRuns(specs);
    await this.#alone(false, () => this.#trainAll(this.#titleOf(specs), specs));
  }

  /** Goes on with what was under way when the page was left, once no other tab does; true when there was any. */
  async resume(): Promise<boolean> {
    if (this.running || this.#project.record.pending.every((each) => each.paused)) return false;
    return this.#whileAlone(this.#lockName, true, async () => {
      if (this.running) return false;
      const stored = await this.#engine.openProject(this.#project.id);
      const specs = this.#project.resumeRuns(stored.runs, stored.kept);
      if (specs.length === 0) return false;
      this.#resumed = specs.length;
      await this.#counted(() => this.#trainAll(`${this.#titleOf(specs)} (resumed)`, specs));
      return true;
    });
  }

  /** Goes on with a paused run. */
  async goOn(run: Run): Promise<void> {
    if (run.status !== 'paused' || this.#jobOf.has(run.id)) return;
    this.#project.beginRuns([run.spec]);
    await this.#alone(false, () => this.#trainAll(this.#titleOf([run.spec]), [run.spec]));
  }
  /** Makes a model of what a paused run has learned. It stays paused in the record until there is one. */
  async finish(run: Run): Promise<void> {
    if (run.status !== 'paused' || this.#jobOf.has(run.id)) return;
    this.#project.runs.put({ ...run, status: 'waiting' });
    await this.#alone(false, () => this.#trainAll(this.#titleOf([run.spec]), [run.spec], true));
  }
  /** Ends a run so that it can be gone on with; one that cannot goes on to its end. */
  async pause(run: Run): Promise<void> {
    const job = this.#jobOf.get(run.id);
    if (job === undefined || !this.canPause(run)) return;
    this.#pausing = new Set([...this.#pausing, run.id]);
    await this.#engine.pause(job, run.id);
  }
  /** Pauses all that can be. */
  async pauseAll(): Promise<void> {
    await Promise.all(this.#project.runs.all.filter((run) => this.canPause(run)).map((run) => this.pause(run)));
  }
  async goOnAll(): Promise<void> {
    await Promise.all(this.paused.map((run) => this.goOn(run)));
  }

  /** Ends one run: keeping what it has, or throwing it away. */
  async end(run: Run, keep: boolean): Promise<void> {
    const job = this.#jobOf.get(run.id);
    if (job === undefined && run.status === 'paused' && keep) return this.finish(run);
    this.#project.forgetPending([run.id]);
    if (job !== undefined) return this.#engine.stop(job, run.id, keep);
    await this.#engine.dropKept([run.id]);
    if (isUnderWay(run)) this.#project.runs.put({ ...run, curve: [], status: 'stopped' });
  }
  /** Ends all that goes on, keeping the best so far. What is paused stays paused. */
  async endAll(): Promise<void> {
    await this.#stopJobs(true);
  }
  /** Ends all of it without a result: its project is being deleted. */
  async discardAll(): Promise<void> {
    this.#project.forgetPending(this.#project.record.pending.map((each) => hashJson(each.spec)));
    await this.#stopJobs(false);
  }
  async #stopJobs(keep: boolean): Promise<void> {
    this.#project.forgetPending(this.#project.record.pending.filter((each) => !each.paused).map((each) => hashJson(each.spec)));
    await Promise.all([...new Set(this.#jobOf.values())].map((job) => this.#jobs.stop(job, keep)));
  }
  #alone(wait: boolean, work: () => Promise<void>): Promise<void> {
    return this.#counted(() => this.#whileAlone(this.#lockName, wait, work));
  }
  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#trainings += 1;
    return work().finally(() => { this.#trainings -= 1; });
  }

  /** `finishing`: ends at once with what was kept. */
  async #trainAll(title: string, specs: readonly RunSpec[], finishing = false): Promise<void> {
    const project = this.#project;
    const ids = specs.map((spec) => hashJson(spec));
    const shares = new Map<Hash, number>(ids.map((id) => [id, 0]));
    const owed = (): RunSpec[] => project.record.pending.filter((each) => finishing || !each.paused).map((each) => each.spec).filter((spec) => ids.includes(hashJson(spec)));
    const onStop = (): void => project.forgetPending(ids.filter((id) => project.runs.byId(id)?.status !== 'paused'));
    await this.#jobs.run(title, async (job, report) => {
      for (const id of ids) this.#jobOf.set(id, job);
      await project.settled;
      for (let todo = owed(); todo.length > 0; todo = await this.#trainOnce(job, todo, shares, report, finishing) ? [] : owed());
    }, { canKeep: true, onStop });
    for (const id of ids) this.#ended(id);
    onStop();
    for (const id of ids) {
      const run = project.runs.byId(id);
      if (run !== null && (run.status === 'waiting' || run.status === 'running')) project.runs.put({ ...run, status: 'stopped' });
    }
  }

  /** True when all have ended; false when the engine was lost and what is still owed may be gone on with. */
  async #trainOnce(job: string, specs: readonly RunSpec[], shares: Map<Hash, number>, report: Report, finishing: boolean): Promise<boolean> {
    const project = this.#project;
    const tell = (text: string): void => report({ stage: 'train', done: [...shares.values()].reduce((a, b) => a + b, 0) / shares.size, text });
    try {
      const training = this.#engine.train(job, specs[0]!.data, [...specs], (id, progress) => {
        const run = project.runs.byId(id);
        if (run?.status === 'waiting') project.runs.put({ ...run, status: 'running' });
        project.runs.hear(id, progress);
        shares.set(id, Math.max(shares.get(id) ?? 0, runShare(progress) ?? stageStart(progress)));
        tell(progress.text);
      }, (run) => {
        if (run.status === 'running') return project.runs.put(run);
        this.#ended(run.id);
        project.putRun(run);
        shares.set(run.id, 1);
        tell(`${this.#labelOf(run.spec)} ${run.status}`);
      });
      if (finishing) await Promise.all(specs.map((spec) => this.#engine.stop(job, hashJson(spec), true)));
      await training;
      return true;
    } catch (error) {
      if (!isBarnacleError(error, 'worker-lost')) throw error;
      const { runs, kept } = await this.#engine.openProject(project.id).catch(() => ({ runs: [] as Run[], kept: undefined }));
      this.#resumed = project.resumeRuns(runs, kept, specs.map((spec) => hashJson(spec))).length;
      await project.settled;
      return false;
    }
  }
  #ended(id: Hash): void {
    this.#jobOf.delete(id);
    if (this.#pausing.has(id)) this.#pausing = new Set([...this.#pausing].filter((each) => each !== id));
  }

  get #lockName(): string { return `barnacle-training-${this.#project.id}`; }
  #titleOf(specs: readonly RunSpec[]): string { return `Training ${specs.length === 1 ? this.#labelOf(specs[0]!) : `${specs.length} models`}`; }
  #labelOf(spec: RunSpec): string {
    return this.#catalog()?.learners.find((learner) => learner.type === spec.learner.type)?.label ?? spec.learner.type;
  }
}

const fallback = (params: AnyParams): { [key: string]: Json } => ({ ...(defaults(params as never) as { [key: string]: Json }) });
