// What the engine owns while the page is open: the store, tables and prepared data in memory, running jobs, the pool.
// A session without storage (private browsing) still works: records then live here only, and saving says why not.
import { proxy } from 'comlink';
import { BarnacleError, errorRecord, isBarnacleError } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import type { Progress } from '../../src/core/base/task.ts';
import { prepareKey, type Prepared } from '../../src/core/pipeline/prepare.ts';
import type { RunSpec } from '../../src/core/pipeline/run-spec.ts';
import { tableBytes } from '../../src/core/table/hash-table.ts';
import type { Matrix } from '../../src/core/table/matrix.ts';
import type { Table } from '../../src/core/table/table.ts';
import { makeAnnouncer, type Announcer } from '../../src/wire/announce.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import type { DatasetCard } from '../../src/wire/engine.ts';
import { shareTable } from '../../src/wire/share.ts';
import { makeCache, type Cache } from './cache.ts';
import { makeFitPool, type FitPool } from './fit-pool.ts';
import { makeJobs, type Flag, type Jobs } from './jobs.ts';

export interface Session {
  readonly jobs: Jobs;
  readonly pool: FitPool;
  readonly tables: Cache<Table>;
  readonly announcer: Announcer;
  /** Opens the store on first use; tried again after a failure. */
  store(): Promise<Store>;
  /** Cards of this session, stored or not yet. */
  readonly cards: Map<Hash, DatasetCard>;
  table(id: Hash): Promise<Table>;
  /** Made in a fit worker once per data, recipe, split and seed; `flag` ends the making of it. */
  prepared(spec: RunSpec, flag: Flag, report: (progress: Progress) => void): Promise<Prepared>;
  /** Keeps a table in memory, shared where it may be. */
  hold(id: Hash, table: Table): Table;
  /** Saves in the background, once; what comes of it is announced. */
  saveDataset(card: DatasetCard, table: Table): Promise<void>;
  clear(): void;
}

const tableLimit = 1_500_000_000;
const preparedLimit = 1_500_000_000;

export function makeSession(spawnFit: () => Worker, threads: number): Session {
  const announcer = makeAnnouncer();
  const tables = makeCache<Table>(tableLimit, tableBytes);
  const prepared = makeCache<Prepared>(preparedLimit, preparedBytes);
  const cards = new Map<Hash, DatasetCard>();
  const saving = new Map<Hash, Promise<void>>();
  let opening: Promise<Store> | null = null;

  const store = () => {
    opening ??= openStore({ announcer });
    opening.catch(() => (opening = null));
    return opening;
  };
  const pool = makeFitPool(spawnFit, threads);
  const table = (id: Hash) => tables.get(id, async () => shareTable(await (await store()).datasets.table(id)));
  return {
    jobs: makeJobs(),
    pool,
    tables,
    announcer,
    store,
    cards,
    table,
    prepared: (spec, flag, report) =>
      prepared.get(prepareKey(spec), async () => {
        const held = await table(spec.data);
        return pool.use(flag, (remote) => remote.prepare(spec, held, proxy(report)) as Promise<Prepared>);
      }),
    hold(id, fresh) {
      const held = shareTable(fresh);
      tables.put(id, held);
      return held;
    },
    saveDataset(card, held) {
      const before = saving.get(card.id);
      if (before) return before;
      const save = (async () => {
        try {
          await (await store()).datasets.save(card, held);
        } catch (thrown) {
          announcer.say({ verb: 'failed', kind: 'dataset', id: card.id, error: errorRecord(thrown) });
          throw thrown;
        } finally {
          saving.delete(card.id);
        }
      })();
      saving.set(card.id, save);
      return save;
    },
    clear() {
      tables.clear();
      prepared.clear();
    },
  };
}

/** The card of a dataset, from this session or the store. Throws not-found. */
export async function cardOf(session: Session, id: Hash): Promise<DatasetCard> {
  const card = session.cards.get(id) ?? (await (await session.store()).datasets.card(id));
  if (!card) throw new BarnacleError('not-found', `dataset ${id} is not stored here; import its file again`, { what: 'dataset', id });
  return card;
}

/** The store, or null when the browser gives none: reads then find nothing, and the page says why on saving. */
export async function storeOrNone(session: Session): Promise<Store | null> {
  return session.store().catch((thrown: unknown) => {
    if (isBarnacleError(thrown, 'storage-blocked')) return null;
    throw thrown;
  });
}

const matrixBytes = (matrix: Matrix | null): number => (matrix ? matrix.rows * 4 * (matrix.features.length + 2) : 0);
const preparedBytes = (p: Prepared): number => matrixBytes(p.train) + matrixBytes(p.valid) + matrixBytes(p.test);
