// What runs now: long calls with their progress, time left and the two ways to end them.
// A job is any promise with an id that the engine knows; the record stays until it has ended.
import type { Progress } from '../../core/base/task.ts';
import type { EngineApi, JobId } from '../../wire/engine.ts';
import type { Announcer } from './announcer.svelte.ts';
import { stageMarks } from './stage-marks.ts';

export type Job = { id: JobId; title: string; startedAt: number; progress: Progress | null; stopping: boolean; canKeep: boolean };
type Options = { canKeep?: boolean; /** Hears that the person ends it, before it has ended. */ onStop?: () => void };
export type Report = (progress: Progress) => void;

export class JobsState {
  #all = $state.raw<readonly Job[]>([]);
  #count = 0;
  readonly #onStop = new Map<JobId, () => void>();
  readonly #engine: EngineApi;
  readonly #announcer: Announcer;
  readonly #now: () => number;

  /** `now` in milliseconds; job ids are unique for this page and its start time. */
  constructor(engine: EngineApi, announcer: Announcer, now: () => number) {
    this.#engine = engine;
    this.#announcer = announcer;
    this.#now = now;
  }

  get all(): readonly Job[] { return this.#all; }
  get current(): Job | null { return this.#all.at(-1) ?? null; }

  /** Milliseconds left by the share done so far; null when unknown. */
  timeLeft(job: Job): number | null {
    const done = job.progress?.done ?? null;
    const passed = this.#now() - job.startedAt;
    return done === null || done < 0.03 || passed < 500 ? null : (passed / done) * (1 - done);
  }

  /** Runs a long call under a title. Errors become words on the screen and `undefined` here. */
  async run<T>(title: string, work: (job: JobId, report: Report) => Promise<T>, options: Options = {}): Promise<T | undefined> {
    const id = `job-${Math.round(this.#now()).toString(36)}-${++this.#count}`;
    this.#all = [...this.#all, { id, title, startedAt: this.#now(), progress: null, stopping: false, canKeep: options.canKeep ?? false }];
    this.#announcer.say(`${title} started`);
    if (options.onStop !== undefined) this.#onStop.set(id, options.onStop);
    const marks = stageMarks(title);
    try {
      const result = await work(id, (progress) => {
        marks.enter(progress.stage);
        this.#change(id, { progress });
      });
      this.#announcer.say(`${title} finished`);
      return result;
    } catch (error) {
      this.#announcer.fail(error);
      return undefined;
    } finally {
      marks.end();
      this.#onStop.delete(id);
      this.#all = this.#all.filter((job) => job.id !== id);
    }
  }

  /** Asks a job to end: keeping the best so far, or throwing it away. */
  async stop(id: JobId, keep: boolean): Promise<void> {
    this.#change(id, { stopping: true });
    this.#onStop.get(id)?.();
    try {
      await this.#engine.stop(id, null, keep);
    } catch (error) {
      this.#announcer.fail(error);
    }
  }

  #change(id: JobId, change: Partial<Job>): void {
    this.#all = this.#all.map((job) => (job.id === id ? { ...job, ...change } : job));
  }
}
