// Files in: what reading will cost, reading itself (one file, several, or the stored one another way), rejected rows.
import { BarnacleError, errorRecord } from '../../src/core/base/errors.ts';
import type { Hash, Json } from '../../src/core/base/json.ts';
import type { WorkContext } from '../../src/core/base/task.ts';
import { readParts, readTable } from '../../src/core/io/index.ts';
import { planRead } from '../../src/core/io/plan.ts';
import type { ReadResult, RejectedRow } from '../../src/core/io/reader.ts';
import { hashTable, tableBytes } from '../../src/core/table/hash-table.ts';
import { maxSourceBytes, type SourceFile } from '../../src/store/sources.ts';
import { blobSource } from '../../src/wire/blob-source.ts';
import type { DatasetCard, EngineApi } from '../../src/wire/engine.ts';
import { joinOptions, splitOptions } from '../../src/core/io/read-options.ts';
import { readContext } from '../web-kernels.ts';
import { cardOf, storeOrNone, type Session } from './session.ts';

type Calls = Pick<EngineApi, 'importFile' | 'importParts' | 'reread' | 'planRead' | 'card' | 'rejected'>;
type Options = { [key: string]: Json };
const maxRejectedOnCard = 100;
const maxRejectedStored = 10_000;
/** What a dataset may take in this tab: a worker's heap and array buffers end at about 4 GB in all browsers. */
const memoryBudget = 1_500_000_000;

export function importCalls(session: Session): Calls {
  const rejected = new Map<Hash, RejectedRow[]>();

  async function read(name: string, files: readonly SourceFile[], options: Options, context: WorkContext): Promise<DatasetCard> {
    const start = context.now();
    const sources = files.map((file) => blobSource(file.name, file.blob));
    const reading = await readContext(context);
    const result = sources.length === 1 ? await readTable(sources[0], splitOptions(options), reading) : await readParts(sources, splitOptions(options), reading);
    await context.breathe();
    const card = cardFrom(name, result, files.reduce((sum, file) => sum + file.blob.size, 0), context.now() - start);
    session.cards.set(card.id, card);
    rejected.set(card.id, result.rejected);
    keep(card, result, files, options);
    return card;
  }

  /** In the background; what fails is announced, or asked for again when the dataset is saved with its project. */
  function keep(card: DatasetCard, result: ReadResult, files: readonly SourceFile[], options: Options): void {
    const held = session.hold(card.id, result.table);
    session.saveDataset(card, held).then(async () => {
      const store = await session.store();
      await store.settings.save(rejectedKey(card.id), result.rejected.slice(0, maxRejectedStored));
      await store.sources.save({ id: card.id, name: card.name, options, files: [...files] });
    }).catch((thrown: unknown) => session.announcer.say({ verb: 'failed', kind: 'dataset', id: card.id, error: errorRecord(thrown) }));
  }

  return {
    importFile: (job, name, file, options, onProgress) => session.jobs.during(job, (running) => read(name, [{ name, blob: file }], options, running.context(onProgress))),
    importParts: (job, name, files, options, onProgress) => session.jobs.during(job, (running) => read(name, files.map((part) => ({ name: part.name, blob: part.file })), options, running.context(onProgress))),
    reread: (job, dataset, options, onProgress) =>
      session.jobs.during(job, async (running) => {
        const source = await (await session.store()).sources.get(dataset);
        if (!source) throw new BarnacleError('not-found', `the file of dataset ${dataset} was not kept (files beyond ${maxSourceBytes >> 20} MB are not); choose it again`, { what: 'source', id: dataset });
        return read(source.name, source.files, options, running.context(onProgress));
      }),
    planRead: (job, name, file, options, onProgress) =>
      session.jobs.during(job, async (running) => {
        const plan = await planRead(blobSource(name, file), splitOptions(options), memoryBudget, running.context(onProgress));
        return { ...plan, ways: plan.ways.map((way) => ({ ...way, options: joinOptions(way.options) })) };
      }),
    card: (dataset) => cardOf(session, dataset),
    async rejected(dataset, from, count) {
      const rows = rejected.get(dataset) ?? ((await (await storeOrNone(session))?.settings.get(rejectedKey(dataset))) as RejectedRow[] | null) ?? (await cardOf(session, dataset)).rejected;
      return { rows: rows.slice(from, from + count), total: (await cardOf(session, dataset)).rejectedCount };
    },
  };
}

const rejectedKey = (id: Hash): string => `rejected/${id}`;

function cardFrom(name: string, { table, notes, rejected, how }: ReadResult, sourceBytes: number, readMs: number): DatasetCard {
  const schema = table.columns.map(({ name: column, kind }) => ({ name: column, kind }));
  return { id: hashTable(table), name, rows: table.rows, schema, bytes: tableBytes(table), sourceBytes, notes, rejected: rejected.slice(0, maxRejectedOnCard), rejectedCount: rejected.length, how: how as { [key: string]: Json }, readMs, addedAt: Date.now() };
}
