// Tells other tabs and threads of this origin what has been written, after it has been written; and what could not be.
import type { ErrorRecord } from '../core/base/errors.ts';

export type Change = { verb: 'saved' | 'deleted'; kind: string; id: string } | { verb: 'failed'; kind: string; id: string; error: ErrorRecord };
export interface Announcer {
  say(change: Change): void;
  close(): void;
}
const channelName = 'barnacle-changes';

export function makeAnnouncer(): Announcer {
  if (typeof BroadcastChannel !== 'function') return { say: () => {}, close: () => {} };
  const channel = new BroadcastChannel(channelName);
  return { say: (change) => channel.postMessage(change), close: () => channel.close() };
}

/** Calls `listener` for each change that another thread or tab announced; returns how to end it. */
export function onChange(listener: (change: Change) => void): () => void {
  if (typeof BroadcastChannel !== 'function') return () => {};
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: MessageEvent<Change>) => listener(event.data);
  return () => channel.close();
}
