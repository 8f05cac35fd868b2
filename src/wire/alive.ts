// Notices that a worker is gone however it went (crash, close(), terminate(), out of memory), where the `error` event
// says nothing: the worker holds a Web Lock as long as it lives, and who waits for that lock gets it when it is dead.
import type { Remote } from 'comlink';
import { BarnacleError } from '../core/base/errors.ts';

export interface Alive {
  /** Takes the lock of that name for life; resolves once it is held. */
  hold(name: string): Promise<void>;
}

/** The worker's side, to be exposed beside its own calls. */
export const alive: Alive = {
  hold: (name) =>
    new Promise((resolve) => {
      const locks = webLocks();
      if (!locks) return resolve();
      void locks.request(name, () => {
        resolve();
        return new Promise(() => {});
      });
    }),
};

/** What a call to a dead worker rejects with. */
export const workerLost = (worker: string, reason: string): BarnacleError<'worker-lost'> => new BarnacleError('worker-lost', `the ${worker} worker was lost: ${reason}; it is started anew, repeat what you did`, { worker, reason });

/** Rejects with workerLost once the worker is gone. Never resolves. `label` names it for people: engine, fit, predict. */
export function whenGone(worker: Worker, remote: Remote<Alive>, label: string): Promise<never> {
  const fail = (reason: string) => workerLost(label, reason);
  const name = `barnacle-alive-${crypto.randomUUID()}`;
  const gone = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(fail(event.message || 'it could not be started')), { once: true });
    worker.addEventListener('messageerror', () => reject(fail('a message could not be read')), { once: true });
    void (async () => {
      await remote.hold(name);
      await webLocks()?.request(name, () => reject(fail('it ended without a word')));
    })().catch((thrown: unknown) => reject(fail(thrown instanceof Error ? thrown.message : String(thrown))));
  });
  gone.catch(() => {});
  return gone;
}

/** Absent outside secure contexts and in Node 20: deaths are then noticed by events only. */
const webLocks = (): LockManager | undefined => (globalThis as { navigator?: Partial<Navigator> }).navigator?.locks;
