// The runs of a project: the leaderboard, what is being trained now with its live curve, and the one chosen to look at.
// A score is an interval; runs whose intervals meet the best one's are tied with it. Baselines are pinned at the end.
import type { Hash } from '../../core/base/json.ts';
import type { CurvePoint, Progress, Task, Versions } from '../../core/base/task.ts';
import type { Interval } from '../../core/evaluate/evaluation.ts';
import type { Run } from '../../core/pipeline/run-spec.ts';
import type { Catalog } from '../../wire/engine.ts';
import { eachFrame, type Frame } from './each-frame.ts';

/** `since`: when fitting was first heard of, and how far it was then. */
export type Live = { curve: readonly CurvePoint[]; progress: Progress | null; made: Versions | null; since: { at: number; done: number } | null };

export class RunsState {
  #all = $state.raw<readonly Run[]>([]);
  #live = $state.raw<ReadonlyMap<Hash, Live>>(new Map());
  #chosen = $state<Hash | null>(null);
  #kept = $state<Hash | null>(null);
  readonly #catalog: () => Catalog | null;
  readonly #task: () => Task | null;
  readonly #now: () => number;
  readonly #frame: Frame;
  /** What was heard since the last frame. */
  #heard: { id: Hash; progress: Progress }[] = [];

  /** `now` in milliseconds; `frame` draws what was heard when the screen is drawn next. */
  constructor(catalog: () => Catalog | null, task: () => Task | null, now: () => number = () => performance.now(), frame: Frame = eachFrame) {
    this.#catalog = catalog;
    this.#task = task;
    this.#now = now;
    this.#frame = frame;
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
    this.#all = runs.map((run) => (isUnderWay(run) ? { ...run, status: 'stopped' } : run));
    this.#kept = kept;
    this.#live = new Map();
    this.#heard = [];
  }
  /** Adds a run or replaces the one with its id. One that begins brings its curve so far: what was kept of it. */
  put(run: Run): void {
    const at = this.#all.findIndex((each) => each.id === run.id);
    this.#all = at < 0 ? [...this.#all, run] : this.#all.map((each, i) => (i === at ? run : each));
    this.#forget(run.id);
    if (run.status === 'running') this.#live = new Map(this.#live).set(run.id, { curve: run.curve, progress: null, made: null, since: null });
  }
  remove(id: Hash): void {
    this.#all = this.#all.filter((run) => run.id !== id);
    this.#forget(id);
    if (this.#kept === id) this.#kept = null;
    if (this.#chosen === id) this.#chosen = null;
  }
  /** A word from the worker about a run: its points join the live curve with the next frame. */
  hear(id: Hash, progress: Progress): void {
    if (this.#heard.push({ id, progress }) === 1) this.#frame(() => this.#takeHeard());
  }

  /** Milliseconds that the fit of a run still takes at most, by its pace since it began; null when unknown. */
  timeLeft(id: Hash): number | null {
    const live = this.#live.get(id);
    const done = live?.progress?.stage === 'fit' ? live.progress.done : null;
    if (done === null || live?.since == null || done - live.since.done < 0.01) return null;
    return ((this.#now() - live.since.at) * (1 - done)) / (done - live.since.done);
  }

  #takeHeard(): void {
    const next = new Map(this.#live);
    const fresh = new Map<Hash, CurvePoint[]>();
    for (const { id, progress } of this.#heard) {
      const before = next.get(id);
      const points = progress.points ?? (progress.point === undefined ? [] : [progress.point]);
      fresh.set(id, [...(fresh.get(id) ?? []), ...points]);
      const since = before?.since ?? (progress.stage === 'fit' && progress.done !== null ? { at: this.#now(), done: progress.done } : null);
      next.set(id, { curve: before?.curve ?? [], progress, made: progress.made ?? before?.made ?? null, since });
    }
    for (const [id, points] of fresh) if (points.length > 0) next.set(id, { ...next.get(id)!, curve: [...next.get(id)!.curve, ...points] });
    this.#heard = [];
    this.#live = next;
  }
  #forget(id: Hash): void {
    if (this.#heard.length > 0) this.#heard = this.#heard.filter((each) => each.id !== id);
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
/** Asked for and not ended: it waits, runs or is paused. */
export const isUnderWay = (run: Run): boolean => run.status === 'waiting' || run.status === 'running' || run.status === 'paused';
