// The "0 bytes sent" counter, kept honestly: every request that the page made is counted by where it went.
// Own = this address, for the app's own files; foreign = anywhere else; refused = stopped before it left, by the page's
// content policy or by the service worker. The browser records a refused request too, so a refused one is not foreign.
import type { Refused } from '../../client/offline.ts';

export type Request = { url: string; bytes: number };

export class NetworkState {
  #own = $state(0);
  #ownBytes = $state(0);
  #foreign = $state.raw<readonly string[]>([]);
  #blocked = $state.raw<readonly string[]>([]);
  /** By the start of each life of the service worker: what it refused in it. */
  #byWorker = $state.raw<ReadonlyMap<number, Refused>>(new Map());
  #lastBlocked = { url: '', at: 0 };
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get own(): number { return this.#own; }
  /** Bytes received from this address; 0 for what came from the offline cache. */
  get ownBytes(): number { return this.#ownBytes; }
  get foreign(): readonly string[] {
    const refused = new Set([...this.#blocked, ...[...this.#byWorker.values()].flatMap((each) => each.last.map((text) => text.slice(text.indexOf(' ') + 1)))]);
    return this.#foreign.filter((url) => !refused.has(url.slice(0, 200)));
  }
  /** Requests that did not leave, since this page was opened (by the worker: as far back as it remembers). */
  get refusals(): number { return this.#blocked.length + [...this.#byWorker.values()].reduce((sum, each) => sum + each.requests, 0); }
  /** The bytes that refused requests would have carried. */
  get refusedBytes(): number { return [...this.#byWorker.values()].reduce((sum, each) => sum + each.bytes, 0); }
  /** The newest of them, by address; those of the policy have no method. */
  get refused(): readonly string[] { return [...this.#blocked, ...[...this.#byWorker.values()].flatMap((each) => each.last)].slice(-5); }
  get clean(): boolean { return this.foreign.length === 0; }
  get text(): string { return this.clean ? '0 bytes sent' : `${this.foreign.length} foreign ${this.foreign.length === 1 ? 'request' : 'requests'}`; }

  /** Counts one request. blob: and data: addresses never leave the page and are not requests. */
  saw(request: Request): void {
    const url = parse(request.url);
    if (url === null || url.protocol === 'blob:' || url.protocol === 'data:') return;
    if (url.origin === this.#origin) {
      this.#own += 1;
      this.#ownBytes += request.bytes;
    } else this.#foreign = [...this.#foreign, url.href].slice(-200);
  }
  /** `at` in ms. The policy comes twice, as a header and in the page, and each says its refusal: two within a moment are one. */
  refusedByPolicy(url: string, at: number): void {
    const before = this.#lastBlocked;
    this.#lastBlocked = { url, at };
    if (before.url === url && at - before.at < 20) {
      this.#lastBlocked = { url: '', at };
      return;
    }
    this.#blocked = [...this.#blocked, url.slice(0, 200)].slice(-200);
  }
  /** What the service worker says now; its count starts anew when the browser restarts it, so each life is kept apart. */
  refusedByWorker(refused: Refused): void {
    if (this.#byWorker.get(refused.since)?.requests !== refused.requests) this.#byWorker = new Map(this.#byWorker).set(refused.since, refused);
  }
}

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
