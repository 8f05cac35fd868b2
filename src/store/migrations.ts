// Contiguous steps from every released version to the next: step n turns version n into n + 1, inside the upgrade
// transaction, so it happens whole or not at all. A released step is never edited; a fixture of each version is kept.
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { BarnacleSchema } from './schema.ts';

type Upgrade = IDBPTransaction<BarnacleSchema, StoreNames<BarnacleSchema>[], 'versionchange'>;
type Step = (db: IDBPDatabase<BarnacleSchema>, transaction: Upgrade) => void | Promise<void>;

const fromNothing: Step = (db) => {
  db.createObjectStore('projects', { keyPath: 'id' });
  db.createObjectStore('cards', { keyPath: 'id' });
  db.createObjectStore('manifests', { keyPath: 'id' });
  db.createObjectStore('chunks');
  db.createObjectStore('profiles', { keyPath: 'id' });
  db.createObjectStore('runs', { keyPath: 'id' }).createIndex('data', 'spec.data');
  db.createObjectStore('bundleCards', { keyPath: 'id' });
  db.createObjectStore('bundles');
  db.createObjectStore('settings', { keyPath: 'id' });
};

const keepSources: Step = (db) => {
  db.createObjectStore('sources', { keyPath: 'id' });
};

const keepCheckpoints: Step = (db) => {
  db.createObjectStore('checkpoints', { keyPath: 'id' });
  db.createObjectStore('checkpointChunks');
};

/** steps[n] goes from version n to n + 1; its length is the current version. */
export const steps: readonly Step[] = [fromNothing, keepSources, keepCheckpoints];

/** Runs every step from the found version on. */
export async function migrate(db: IDBPDatabase<BarnacleSchema>, found: number, transaction: Upgrade): Promise<void> {
  for (let version = found; version < steps.length; version++) await steps[version](db, transaction);
}
