// One tab at a time: work under a name that all tabs of this browser share. A tab that closes or dies lets go by itself.
// Where the browser has no Web Locks the work simply runs.

/** `wait`: begins once no other tab holds the name; else begins at once, with the name when it is free. */
export function whileAlone<T>(name: string, wait: boolean, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return work();
  return locks.request(name, { ifAvailable: !wait }, work) as Promise<T>;
}
