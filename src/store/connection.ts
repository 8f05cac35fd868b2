// The one open handle of the database, and the only place that opens transactions. Reads and writes give typed errors;
// a write resolves after `complete`, the only moment at which "saved" is true. A dead handle is opened anew, once.
// When another tab upgrades the database this handle closes at once, so that nobody waits for ever.
import { openDB, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { Announcer, Change } from '../wire/announce.ts';
import { migrate } from './migrations.ts';
import { databaseName, databaseVersion, type BarnacleSchema } from './schema.ts';
import { blocked, isDeadHandle, storageError } from './storage-error.ts';

export type Kind = StoreNames<BarnacleSchema>;
export type ReadTx = IDBPTransaction<BarnacleSchema, Kind[], 'readonly'>;
export type WriteTx = IDBPTransaction<BarnacleSchema, Kind[], 'readwrite'>;
export interface WriteOptions {
  /** strict reaches the disk before it resolves: manifests, projects, runs, bundles. relaxed: what can be made again. */
  readonly durability: 'strict' | 'relaxed';
  /** Bytes to be written, for the sentence of storage-full. */
  readonly bytes?: number;
  readonly change?: Change;
}
export interface Connection {
  read<T>(kinds: Kind[], body: (tx: ReadTx) => Promise<T>): Promise<T>;
  write<T>(kinds: Kind[], options: WriteOptions, body: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** True when this opening made the database from nothing. */
  readonly fresh: boolean;
  close(): void;
}

/** Throws storage-blocked (another tab holds an older version, or the page may not store), newer-version. */
export async function connect(name: string = databaseName, announcer: Announcer | null = null, blockedAfterMs = 4000): Promise<Connection> {
  let fresh = false;
  let outdated = false;
  let closed = false;
  let handle: IDBPDatabase<BarnacleSchema> | null = null;

  async function open(): Promise<IDBPDatabase<BarnacleSchema>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let refuse: (reason: unknown) => void = () => {};
    const refused = new Promise<never>((_, reject) => (refuse = reject));
    const opening = openDB<BarnacleSchema>(name, databaseVersion, {
      async upgrade(db, found, _to, tx) {
        fresh ||= found === 0;
        await migrate(db, found, tx as Parameters<typeof migrate>[2]);
      },
      blocked: () => {
        timer = setTimeout(() => refuse(blocked('another tab holds an older version of the data; close it')), blockedAfterMs);
      },
      blocking: () => {
        outdated = true;
        handle?.close();
        handle = null;
      },
      terminated: () => {
        handle = null;
      },
    });
    try {
      return await Promise.race([opening, refused]);
    } catch (thrown) {
      opening.then((late) => late.close(), () => {});
      throw await storageError(thrown, 0);
    } finally {
      clearTimeout(timer);
    }
  }

  async function use<T>(body: (db: IDBPDatabase<BarnacleSchema>) => Promise<T>, bytes: number): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      if (closed) throw blocked('the store has been closed');
      if (outdated) throw blocked('a newer version of the studio is open in another tab; reload this one');
      try {
        handle ??= await open();
        return await body(handle);
      } catch (thrown) {
        if (attempt > 0 || outdated || !isDeadHandle(thrown)) throw await storageError(thrown, bytes);
        handle = null;
      }
    }
  }

  handle = await open();
  return {
    get fresh() {
      return fresh;
    },
    read: (kinds, body) => use((db) => body(db.transaction(kinds, 'readonly') as ReadTx), 0),
    async write(kinds, options, body) {
      const result = await use(async (db) => {
        const tx = db.transaction(kinds, 'readwrite', { durability: options.durability }) as WriteTx;
        const done = tx.done;
        done.catch(() => {});
        try {
          const value = await body(tx);
          await done;
          return value;
        } catch (thrown) {
          abort(tx);
          await done.catch((reason: unknown) => {
            if (reason instanceof DOMException && reason.name === 'QuotaExceededError') throw reason;
          });
          throw thrown;
        }
      }, options.bytes ?? 0);
      if (options.change) announcer?.say(options.change);
      return result;
    },
    close() {
      closed = true;
      handle?.close();
      handle = null;
    },
  };
}

function abort(tx: WriteTx): void {
  try {
    tx.abort();
  } catch {
    // It had already ended: completed, or aborted by the browser.
  }
}
