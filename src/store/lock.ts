// One writer at a time across tabs and threads of this origin, through Web Locks; where there are none, one per thread.
const queues = new Map<string, Promise<unknown>>();

/** Runs `body` while holding the lock of that name; its result or error is passed on. */
export async function withLock<T>(name: string, body: () => Promise<T>): Promise<T> {
  if (typeof navigator === 'object' && navigator.locks) return navigator.locks.request(name, body) as Promise<T>;
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.then(body, body);
  queues.set(name, mine.catch(() => {}));
  return mine;
}
