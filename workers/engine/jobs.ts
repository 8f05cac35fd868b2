// Running jobs and what the person said about them. A wish goes to a whole job or to one of its runs; whoever carries
// the work elsewhere (the fit pool) listens and relays it.
import { BarnacleError } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import type { Progress, WorkContext } from '../../src/core/base/task.ts';
import { workContext, type StopFlag, type Wish } from '../../src/wire/breathe.ts';
import type { JobId } from '../../src/wire/engine.ts';

export interface Flag extends StopFlag {
  /** Called when the wish changes; returns how to end listening. */
  listen(listener: (wish: Wish) => void): () => void;
  say(wish: Wish): void;
}
export interface Job {
  readonly id: JobId;
  readonly flag: Flag;
  /** A flag of one run of the job; it hears the job's wishes too. */
  run(id: Hash): Flag;
  context(report: (progress: Progress) => void, flag?: Flag): WorkContext;
}
export interface Jobs {
  /** Runs `body` as that job. Throws bad-param when the id is in use. */
  during<T>(id: JobId, body: (job: Job) => Promise<T>): Promise<T>;
  /** No effect when there is no such job: it has ended in the meantime. */
  stop(id: JobId, run: Hash | null, keep: boolean): void;
  pause(id: JobId, run: Hash | null): void;
}

export function makeJobs(): Jobs {
  const jobs = new Map<JobId, { job: Job; runs: Map<Hash, Flag> }>();
  /** A run that has not begun hears of it when it does. */
  function say(id: JobId, run: Hash | null, wish: Wish): void {
    const held = jobs.get(id);
    if (!held) return;
    if (run !== null) return held.job.run(run).say(wish);
    held.job.flag.say(wish);
    for (const flag of held.runs.values()) flag.say(wish);
  }
  return {
    async during(id, body) {
      if (jobs.has(id)) throw new BarnacleError('bad-param', `job "${id}" is already running; give each call an id of its own`, { path: 'job', value: id, expected: 'a fresh id' });
      const held = makeJob(id);
      jobs.set(id, held);
      try {
        return await body(held.job);
      } finally {
        jobs.delete(id);
      }
    },
    stop: (id, run, keep) => say(id, run, keep ? 'stop' : 'discard'),
    pause: (id, run) => say(id, run, 'pause'),
  };
}

function makeJob(id: JobId): { job: Job; runs: Map<Hash, Flag> } {
  const flag = makeFlag();
  const runs = new Map<Hash, Flag>();
  const job: Job = {
    id,
    flag,
    run(run) {
      const own = runs.get(run) ?? makeFlag();
      runs.set(run, own);
      if (flag.wish !== 'go') own.say(flag.wish);
      return own;
    },
    context: (report, own = flag) => workContext(id, own, report),
  };
  return { job, runs };
}

export function makeFlag(): Flag {
  const listeners = new Set<(wish: Wish) => void>();
  return {
    wish: 'go',
    listen(listener) {
      listeners.add(listener);
      if (this.wish !== 'go') listener(this.wish);
      return () => listeners.delete(listener);
    },
    say(wish) {
      if (this.wish === 'discard' || (this.wish === 'stop' && wish === 'pause')) return;
      this.wish = wish;
      for (const listener of listeners) listener(wish);
    },
  };
}
