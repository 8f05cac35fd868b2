// The runs of a project: the leaderboard, what is being trained now with its live curve, and the one chosen to look at.
// A score is an interval; runs whose intervals meet the best one's are tied with it. Baselines are pinned at the end.
import type { Hash } from '../../core/base/json.ts';
import type { CurvePoint, Progress, Task } from '../../core/base/task.ts';
import type { Interval } from '../../core/evaluate/evaluation.ts';
import type { Run } from '../../core/pipeline/run-spec.ts';
import type { Catalog } from '../../wire/engine.ts';

export type Live = { curve: readonly CurvePoint[]; progress: Progress | null };

export class RunsState {
  #all = $state.raw<readonly Run[]>([]);
  #live = $state.raw<ReadonlyMap<Hash, Live>>(new Map());
  #chosen = $state<Hash | null>(null);
  #kept = $state<Hash | null>(null);
  readonly #catalog: () => Catalog | null;
  readonly #task: () => Task | null;

  constructor(catalog: () => Catalog | null, task: () => Task | null) {
    this.#catalog = catalog;
    this.#task = task;
  }

  get all(): readonly Run[] { return this.#all; }
  get live(): ReadonlyMap<Hash, Live> { return this.#live; }

  /** The metric that ranks: the first of the task's; that of the newest run when the catalog has not come yet. */
  readonly metric: string = $derived.by(() => {
    const task = this.#task();
    const ranking = task === null ? undefined : this.#catalog()?.ranking[task]?.[0];
    return ranking ?? this.#all.at(-1)?.spec.metrics[0] ?? 'rmse';
  });
  readonly better: 'higher' | 'lower' = $derived.by(() => this.#catalog()?.metrics.find((m) => m.type === this.metric)?.better ?? 'higher');

  /** Evaluated runs, best first. */
  readonly ranked: readonly Run[] = $derived.by(() => {
    const sign = this.better === 'higher' ? -1 : 1;
    return this.#all.filter((run) => this.scoreOf(run) !== null).sort((a, b) => sign * (this.scoreOf(a)!.value - this.scoreOf(b)!.value));
  });
  readonly best: Run | null = $derived.by(() => this.ranked.find((run) => run.bundle !== null) ?? this.ranked[0] ?? null);

  get kept(): Run | null { return this.byId(this.#kept); }
  get chosen(): Run | null { return this.byId(this.#chosen) ?? this.kept ?? this.best; }

  byId(id: Hash | null): Run | null {
    return id === null ? null : (this.#all.find((run) => run.id === id) ?? null);
  }
  scoreOf(run: Run): Interval | null {
    return run.evaluation?.metrics[this.metric] ?? null;
  }
  /** True when its interval meets that of the best. */
  isTied(run: Run): boolean {
    const best = this.best === null ? null : this.scoreOf(this.best);
    const own = this.scoreOf(run);
    if (best === null || own === null || isBaseline(run) || (run.evaluation?.resamples ?? 0) < 20) return false;
    return own.low <= best.high && best.low <= own.high;
  }

  /** What a step of its curve is, as its learner says: trees, epochs, iterations. */
  stepsOf(run: Run): string {
    return this.#catalog()?.learners.find((learner) => learner.type === run.spec.learner.type)?.steps ?? 'steps';
  }
  labelOf(run: Run): string {
    const type = run.spec.learner.type;
    const label = this.#catalog()?.learners.find((learner) => learner.type === type)?.label ?? type;
    const told = [this.#difference(run), run.spec.seed === 1 ? '' : `seed ${run.spec.seed}`].filter((part) => part !== '').join(', ');
    return told === '' ? label : `${label}, ${told}`;
  }

  choose(id: Hash | null): void { this.#chosen = id; }
  keep(id: Hash | null): void { this.#kept = id; }

  /** Replaces everything, after opening a project: what was under way when the page closed has stopped. */
  load(runs: readonly Run[], kept: Hash | null): void {
    this.#all = runs.map((run) => (run.status === 'waiting' || run.status === 'running' ? { ...run, status: 'stopped' } : run));
    this.#kept = kept;
    this.#live = new Map();
  }
  /** Adds a run or replaces the one with its id. */
  put(run: Run): void {
    const at = this.#all.findIndex((each) => each.id === run.id);
    this.#all = at < 0 ? [...this.#all, run] : this.#all.map((each, i) => (i === at ? run : each));
    if (run.status !== 'waiting' && run.status !== 'running') this.#forget(run.id);
  }
  remove(id: Hash): void {
    this.#all = this.#all.filter((run) => run.id !== id);
    this.#forget(id);
    if (this.#kept === id) this.#kept = null;
    if (this.#chosen === id) this.#chosen = null;
  }
  /** A word from the worker about a run: its point joins the live curve. */
  hear(id: Hash, progress: Progress): void {
    const before = this.#live.get(id);
    const curve = progress.point === undefined ? (before?.curve ?? []) : [...(before?.curve ?? []), progress.point];
    this.#live = new Map(this.#live).set(id, { curve, progress });
  }

  #forget(id: Hash): void {
    if (!this.#live.has(id)) return;
    const rest = new Map(this.#live);
    rest.delete(id);
    this.#live = rest;
  }

  /** What sets it apart from another run of the same learner: params that are not the fallback. */
  #difference(run: Run): string {
    const params = run.spec.learner.params;
    const declared = this.#catalog()?.learners.find((learner) => learner.type === run.spec.learner.type)?.params;
    if (declared === undefined || params === null || typeof params !== 'object' || Array.isArray(params)) return '';
    const told = Object.entries(params).filter(([key, value]) => declared[key] !== undefined && JSON.stringify(value) !== JSON.stringify(declared[key].fallback));
    return told.map(([key, value]) => `${declared[key]!.label.toLowerCase()} ${Array.isArray(value) ? value.join(' ') : String(value)}`).join(', ');
  }
}

export const isBaseline = (run: Run): boolean => run.spec.learner.type === 'baseline';
