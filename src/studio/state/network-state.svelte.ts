// The "0 bytes sent" counter, kept honestly: every request that the page made is counted by where it went.
// Own = this address, for the app's own files; foreign = anywhere else; blocked = refused by the content policy.
export type Request = { url: string; bytes: number };

export class NetworkState {
  #own = $state(0);
  #ownBytes = $state(0);
  #foreign = $state.raw<readonly string[]>([]);
  #blocked = $state.raw<readonly string[]>([]);
  #byWorker = $state(0);
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get own(): number { return this.#own; }
  /** Bytes received from this address; 0 for what came from the offline cache. */
  get ownBytes(): number { return this.#ownBytes; }
  get foreign(): readonly string[] { return this.#foreign; }
  get refusals(): number { return this.#blocked.length + this.#byWorker; }
  get clean(): boolean { return this.#foreign.length === 0; }
  get text(): string { return this.clean ? '0 bytes sent' : `${this.#foreign.length} foreign ${this.#foreign.length === 1 ? 'request' : 'requests'}`; }

  /** Counts one request. blob: and data: addresses never leave the page and are not requests. */
  saw(request: Request): void {
    const url = parse(request.url);
    if (url === null || url.protocol === 'blob:' || url.protocol === 'data:') return;
    if (url.origin === this.#origin) {
      this.#own += 1;
      this.#ownBytes += request.bytes;
    } else this.#foreign = [...this.#foreign, url.href].slice(-200);
  }
  refused(url: string): void {
    this.#blocked = [...this.#blocked, url].slice(-200);
  }
  /** How many requests the service worker has refused since it started. */
  refusedByWorker(requests: number): void {
    this.#byWorker = requests;
  }
}

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
