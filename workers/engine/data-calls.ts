// Files in, pages and profiles out: the engine's calls about a dataset.
import { readTable } from '../../src/core/io/index.ts';
import { byTarget } from '../../src/core/pipeline/by-target.ts';
import { previewRecipe } from '../../src/core/pipeline/preview.ts';
import { suggest } from '../../src/core/pipeline/suggest.ts';
import { tablePage } from '../../src/core/pipeline/table-page.ts';
import type { Hash, Json } from '../../src/core/base/json.ts';
import { quiet } from '../../src/core/base/task.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { profileTable } from '../../src/core/profile/profile-table.ts';
import { hashTable, tableBytes } from '../../src/core/table/hash-table.ts';
import { blobSource } from '../../src/wire/blob-source.ts';
import { profileSlice, type DatasetCard, type EngineWire } from '../../src/wire/engine.ts';
import { firstSlice } from '../../src/wire/first-slice.ts';
import { storeOrNone, type Session } from './session.ts';
import { splitOptions } from './read-options.ts';

type Calls = Pick<EngineWire, 'importFile' | 'page' | 'profile' | 'profileColumns' | 'byTarget' | 'suggest' | 'preview'>;
const maxRejectedKept = 100;
const previewSeed = 1;

export function dataCalls(session: Session): Calls {
  const profiles = new Map<Hash, Promise<Profile>>();

  async function profileOf(id: Hash, context: Parameters<typeof profileTable>[1]): Promise<Profile> {
    const held = profiles.get(id);
    if (held) return held;
    const made = (async () => {
      const store = await storeOrNone(session);
      const known = await store?.profiles.get(id);
      if (known) return known;
      const profile = await profileTable(await session.table(id), context);
      await store?.profiles.save(id, profile).catch(() => {});
      return profile;
    })();
    profiles.set(id, made);
    made.catch(() => profiles.delete(id));
    return made;
  }

  return {
    importFile: (job, name, file, options, onProgress) =>
      session.jobs.during(job, async (running) => {
        const context = running.context(onProgress);
        const start = context.now();
        const { table, notes, rejected, how } = await readTable(blobSource(name, file), splitOptions(options), context);
        await context.breathe();
        const card: DatasetCard = { id: hashTable(table), name, rows: table.rows, schema: table.columns.map(({ name: column, kind }) => ({ name: column, kind })), bytes: tableBytes(table), sourceBytes: file.size, notes, rejected: rejected.slice(0, maxRejectedKept), rejectedCount: rejected.length, how: how as { [key: string]: Json }, readMs: context.now() - start, addedAt: Date.now() };
        session.cards.set(card.id, card);
        session.saveDataset(card, session.hold(card.id, table)).catch(() => {});
        return card;
      }),
    page: async (dataset, from, count) => tablePage(await session.table(dataset), from, count),
    profile: (job, dataset, onProgress) => session.jobs.during(job, async (running) => firstSlice(await profileOf(dataset, running.context(onProgress)))),
    profileColumns: async (dataset, from) => (await profileOf(dataset, quiet)).columns.slice(from, from + profileSlice),
    byTarget: async (dataset, column, recipe) => byTarget(await session.table(dataset), column, recipe),
    suggest: async (dataset, target, above) => suggest(await profileOf(dataset, quiet), target, above),
    preview: async (dataset, recipe, split) => previewRecipe(await session.table(dataset), recipe, split, previewSeed),
  };
}
