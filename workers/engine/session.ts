// What the engine owns while the page is open: the store, tables and prepared data in memory, running jobs, the pool.
// A session without storage (private browsing) still works: records then live here only, and saving says why not.
import { proxy } from 'comlink';
import { BarnacleError, errorRecord, isBarnacleError } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import type { Progress } from '../../src/core/base/task.ts';
import { applyClean } from '../../src/core/clean/apply-clean.ts';
import type { CleanContext, CleanResult, CleanSpec } from '../../src/core/clean/clean.ts';
import { joinedTables } from '../../src/core/pipeline/clean-data.ts';
import { prepareKey, type Forerunner, type Prepared } from '../../src/core/pipeline/prepare.ts';
import type { RunSpec } from '../../src/core/pipeline/run-spec.ts';
import { hashTable, tableBytes } from '../../src/core/table/hash-table.ts';
import { heldBytes } from '../../src/core/table/held-bytes.ts';
import type { Matrix } from '../../src/core/table/matrix.ts';
import type { Table } from '../../src/core/table/table.ts';
import { makeAnnouncer, type Announcer } from '../../src/wire/announce.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import type { DatasetCard } from '../../src/wire/engine.ts';
import type { NamedTable } from '../../src/wire/fit.ts';
import { shareTable } from '../../src/wire/share.ts';
import { makeCache, type Cache } from './cache.ts';
import { makeFitPool, type FitPool } from './fit-pool.ts';
import { makeKeptFits, type KeptFits } from './kept-fits.ts';
import { makeJobs, type Flag, type Jobs } from './jobs.ts';
import { makeFits, type Fits } from './thread-share.ts';

export interface Session {
  readonly jobs: Jobs;
  readonly pool: FitPool;
  readonly tables: Cache<Table>;
  readonly announcer: Announcer;
  readonly kept: KeptFits;
  readonly fits: Fits;
  /** Opens the store on first use; tried again after a failure. */
  store(): Promise<Store>;
  /** Cards of this session, stored or not yet. */
  readonly cards: Map<Hash, DatasetCard>;
  /** A stored or cleaned dataset; a cleaned one that is no longer in memory is derived again. Throws not-found. */
  table(id: Hash): Promise<Table>;
  /** The other tables that a cleaning joins. */
  joined(clean: CleanSpec | null | undefined): Promise<NamedTable[]>;
  /** The data of a spec, cleaned: in memory under its content hash from then on. */
  cleaned(raw: Hash, clean: CleanSpec): Promise<CleanedTable>;
  /** Made in a fit worker once per data, recipe, split and seed; `flag` ends the making of it. */
  prepared(spec: RunSpec, flag: Flag, report: (progress: Progress) => void): Promise<Prepared>;
  /** What spec.from names, from the store; null when it names nothing. Throws not-found. */
  forerunner(spec: RunSpec): Promise<Forerunner | null>;
  /** Keeps a table in memory, shared where it may be. */
  hold(id: Hash, table: Table): Table;
  /** Saves in the background, once; what comes of it is announced. */
  saveDataset(card: DatasetCard, table: Table): Promise<void>;
  clear(): void;
  /** Bytes of all tables and prepared matrices in memory, each buffer once. */
  heldBytes(): number;
}

export type CleanedTable = { id: Hash; result: CleanResult };
type Origin = { raw: Hash; clean: CleanSpec };
export const contextOf = (tables: readonly NamedTable[]): CleanContext => ({ table: (id) => tables.find((each) => each.id === id)?.table ?? null });

async function storedOrigin(store: Store, id: Hash): Promise<Origin | null> {
  for (const project of await store.projects.all()) {
    const named = [{ cleaned: project.cleaned, clean: project.clean, raw: project.dataset }, ...project.versions.map((version) => ({ cleaned: version.id, clean: version.clean, raw: version.raw }))];
    const found = named.find((each) => each.cleaned === id && each.raw !== id);
    if (found?.clean && found.raw) return { raw: found.raw, clean: found.clean };
  }
  return null;
}

const tableLimit = 1_500_000_000;
const preparedLimit = 1_500_000_000;

/** `threads`: fit workers at most; `processors` are shared out between their fits. */
export function makeSession(spawnFit: () => Worker, threads: number, processors: number): Session {
  const announcer = makeAnnouncer();
  const tables = makeCache<Table>(tableLimit, tableBytes);
  const prepared = makeCache<Prepared>(preparedLimit, preparedBytes);
  const cards = new Map<Hash, DatasetCard>();
  const saving = new Map<Hash, Promise<void>>();
  const origins = new Map<Hash, Origin>();
  let opening: Promise<Store> | null = null;

  const store = () => {
    opening ??= openStore({ announcer });
    opening.catch(() => (opening = null));
    return opening;
  };
  const pool = makeFitPool(spawnFit, threads);
  const table = (id: Hash): Promise<Table> => tables.get(id, async () => shareTable((await derive(id)) ?? (await (await store()).datasets.table(id))));
  const joined = (clean: CleanSpec | null | undefined) => Promise.all(joinedTables(clean).map(async (id) => ({ id, table: await table(id) })));
  /** Cleaned tables are not stored: the project or version that names one says how it is made. */
  async function derive(id: Hash): Promise<Table | null> {
    const known = origins.get(id) ?? (await storedOrigin(await store(), id));
    if (!known) return null;
    const others = await joined(known.clean);
    return applyClean(known.clean, await table(known.raw), contextOf(others), { lenient: true }).table;
  }
  async function cleaned(raw: Hash, clean: CleanSpec): Promise<CleanedTable> {
    const others = await joined(clean);
    const result = applyClean(clean, await table(raw), contextOf(others), { lenient: true });
    const id = hashTable(result.table);
    if (id !== raw) {
      origins.set(id, { raw, clean });
      tables.put(id, shareTable(result.table));
    }
    return { id, result };
  }
  const forerunner = async (spec: RunSpec): Promise<Forerunner | null> => {
    if (!spec.from) return null;
    const { model, recipe } = await (await store()).bundles.get(spec.from);
    return { model, recipe };
  };
  return {
    jobs: makeJobs(),
    pool,
    tables,
    announcer,
    fits: makeFits(processors, threads),
    kept: makeKeptFits(store, announcer, __VERSION__),
    store,
    cards,
    table,
    joined,
    cleaned,
    forerunner,
    prepared: (spec, flag, report) =>
      prepared.get(prepareKey(spec), async () => {
        const [held, others] = [await table(spec.data), await joined(spec.clean)];
        const from = await forerunner(spec);
        return pool.use(flag, (remote) => remote.prepare(spec, held, others, from, proxy(report)) as Promise<Prepared>);
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
    heldBytes: () => heldBytes(tables.values()) + prepared.values().reduce((sum, each) => sum + preparedBytes(each), 0),
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
