// A worker that is called through comlink and may die: each call is raced against its death, a dead worker is replaced
// by a fresh one at the next call (not before: one that cannot start must not be started for ever), and who listens is told. Functions among the arguments are proxied.
import { proxy, wrap, type Remote } from 'comlink';
import type { BarnacleError } from '../core/base/errors.ts';
import { whenGone, workerLost, type Alive } from '../wire/alive.ts';
import { carryErrors } from '../wire/errors.ts';

type Calls<Api> = { [K in keyof Api]: (...args: never[]) => Promise<unknown> };
interface Line { readonly worker: Worker; readonly remote: Remote<Alive>; readonly gone: Promise<never> }
export interface WorkerLink<Api> {
  readonly api: Api;
  /** Called with the reason each time that a worker died; returns how to end it. */
  onRestart(listener: (error: BarnacleError<'worker-lost'>) => void): () => void;
  /** Ends the worker for good; pending calls reject with worker-lost. */
  end(): void;
}

/** `spawn` starts the worker at once, and anew at the first call after a death. Calls pending at a death reject with worker-lost. */
export function linkWorker<Api extends Calls<Api>>(name: string, spawn: () => Worker): WorkerLink<Api> {
  carryErrors();
  const listeners = new Set<(error: BarnacleError<'worker-lost'>) => void>();
  let ended: (reason: Error) => void = () => {};
  const over = new Promise<never>((_, reject) => (ended = reject));
  over.catch(() => {});
  let line: Line | null = open();

  function open(): Line {
    const worker = spawn();
    const remote = wrap<Alive>(worker);
    const gone = whenGone(worker, remote, name);
    const opened: Line = { worker, remote, gone };
    gone.catch((error: BarnacleError<'worker-lost'>) => {
      worker.terminate();
      if (line !== opened) return;
      line = null;
      for (const listener of listeners) listener(error);
    });
    return opened;
  }
  async function call(method: string, args: unknown[]): Promise<unknown> {
    const { remote, gone } = (line ??= open());
    const sent = args.map((arg) => (typeof arg === 'function' ? proxy(arg) : arg));
    const methods = remote as unknown as { [name: string]: (...args: unknown[]) => Promise<unknown> };
    return Promise.race([methods[method](...sent), gone, over]);
  }

  const made = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  const api = new Proxy({} as object, {
    get(_target, key) {
      if (typeof key !== 'string' || key === 'then') return undefined;
      if (!made.has(key)) made.set(key, (...args) => call(key, args));
      return made.get(key);
    },
  }) as Api;
  return {
    api,
    onRestart(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end() {
      line?.worker.terminate();
      ended(workerLost(name, 'it was ended'));
    },
  };
}
