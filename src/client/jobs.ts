// Running jobs as the page sees them: an id for each long call, its last progress, and its two ways to end.
import type { Progress } from '../core/base/task.ts';
import type { Hash } from '../core/base/json.ts';
import type { EngineApi, JobId } from '../wire/engine.ts';

export interface RunningJob {
  readonly id: JobId;
  readonly title: string;
  readonly progress: Progress | null;
}
export interface Jobs {
  readonly running: readonly RunningJob[];
  /** Starts a long call under a fresh id; `body` gets it and where to report. */
  start<T>(title: string, body: (id: JobId, report: (progress: Progress) => void) => Promise<T>): Promise<T>;
  /** Keeps the best so far. */
  stop(id: JobId, run?: Hash): Promise<void>;
  discard(id: JobId, run?: Hash): Promise<void>;
  onChange(listener: (running: readonly RunningJob[]) => void): () => void;
}

/** `newId` makes ids that are never used twice in a page. */
export function makeJobs(engine: Pick<EngineApi, 'stop'>, newId: () => JobId): Jobs {
  let running: readonly RunningJob[] = [];
  const listeners = new Set<(running: readonly RunningJob[]) => void>();
  const put = (next: readonly RunningJob[]) => {
    running = next;
    for (const listener of listeners) listener(running);
  };
  return {
    get running() {
      return running;
    },
    async start(title, body) {
      const id = newId();
      put([...running, { id, title, progress: null }]);
      try {
        return await body(id, (progress) => put(running.map((job) => (job.id === id ? { ...job, progress } : job))));
      } finally {
        put(running.filter((job) => job.id !== id));
      }
    },
    stop: (id, run) => engine.stop(id, run ?? null, true),
    discard: (id, run) => engine.stop(id, run ?? null, false),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
