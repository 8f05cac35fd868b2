// Run records by id. The id is the hash of the spec; a run with the same spec replaces the record of the earlier one.
import type { Hash } from '../core/base/json.ts';
import type { Run } from '../core/pipeline/run-spec.ts';
import type { Connection } from './connection.ts';

export interface Runs {
  get(id: Hash): Promise<Run | null>;
  /** Those that are there, in the order of the ids. */
  some(ids: readonly Hash[]): Promise<Run[]>;
  ofData(dataset: Hash): Promise<Run[]>;
  save(run: Run): Promise<void>;
  /** Removes the runs and every model that they made, but those spared. */
  remove(ids: readonly Hash[], spared?: ReadonlySet<Hash>): Promise<void>;
}

export const runsOf = (connection: Connection): Runs => ({
  get: (id) => connection.read(['runs'], async (tx) => (await tx.objectStore('runs').get(id)) ?? null),
  async some(ids) {
    const found = await connection.read(['runs'], (tx) => Promise.all(ids.map((id) => tx.objectStore('runs').get(id))));
    return found.filter((run) => run !== undefined);
  },
  ofData: (dataset) => connection.read(['runs'], (tx) => tx.objectStore('runs').index('data').getAll(dataset)),
  save: (run) => connection.write(['runs'], { durability: 'strict', change: { verb: 'saved', kind: 'run', id: run.id } }, async (tx) => void (await tx.objectStore('runs').put(run))),
  remove: (ids, spared = new Set()) =>
    connection.write(['runs', 'bundles', 'bundleCards'], { durability: 'strict' }, async (tx) => {
      const gone = new Set(ids);
      for (const id of gone) await tx.objectStore('runs').delete(id);
      for (const card of await tx.objectStore('bundleCards').getAll()) {
        if (card.run === null || !gone.has(card.run) || spared.has(card.id)) continue;
        await tx.objectStore('bundles').delete(card.id);
        await tx.objectStore('bundleCards').delete(card.id);
      }
    }),
});
