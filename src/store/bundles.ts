// Bundles as the bytes of their file, under their content hash, with a card beside them. Read back through readBundle,
// which checks everything, and refused when the hash is another one.
import { BarnacleError } from '../core/base/errors.ts';
import type { Hash } from '../core/base/json.ts';
import type { Bundle } from '../core/bundle/bundle.ts';
import { hashBundle } from '../core/bundle/hash-bundle.ts';
import { readBundle } from '../core/bundle/read-bundle.ts';
import { writeBundle } from '../core/bundle/write-bundle.ts';
import type { Connection } from './connection.ts';
import type { BundleCard } from './schema.ts';

export interface Bundles {
  card(id: Hash): Promise<BundleCard | null>;
  /** The file's bytes. Throws not-found. */
  bytes(id: Hash): Promise<Uint8Array<ArrayBuffer>>;
  /** Throws not-found, storage-corrupt. */
  get(id: Hash): Promise<Bundle>;
  /** Resolves to the bundle's hash once it is on disk; `run` is the run that made it, null for a stranger's. */
  save(bundle: Bundle, run: Hash | null, addedAt: number): Promise<BundleCard>;
  remove(id: Hash): Promise<void>;
}

export const bundlesOf = (connection: Connection): Bundles => ({
  card: (id) => connection.read(['bundleCards'], async (tx) => (await tx.objectStore('bundleCards').get(id)) ?? null),
  async bytes(id) {
    const found = await connection.read(['bundles'], (tx) => tx.objectStore('bundles').get(id));
    if (!found) throw new BarnacleError('not-found', `model ${id} is not stored here; train it again or import its file`, { what: 'bundle', id });
    return new Uint8Array(found);
  },
  async get(id) {
    const bundle = readBundle(await this.bytes(id));
    if (hashBundle(bundle) !== id) throw new BarnacleError('storage-corrupt', `model ${id} is damaged: it has another content hash; train it again or import its file`, { what: 'bundle', id, reason: 'another content hash' });
    return bundle;
  },
  async save(bundle, run, addedAt) {
    const bytes = writeBundle(bundle);
    const card: BundleCard = { id: hashBundle(bundle), name: bundle.name, run, bytes: bytes.length, addedAt };
    const change = { verb: 'saved', kind: 'bundle', id: card.id } as const;
    await connection.write(['bundles', 'bundleCards'], { durability: 'strict', bytes: bytes.length, change }, async (tx) => {
      await tx.objectStore('bundles').put(bytes.slice().buffer, card.id);
      await tx.objectStore('bundleCards').put(card);
    });
    return card;
  },
  remove: (id) =>
    connection.write(['bundles', 'bundleCards'], { durability: 'strict', change: { verb: 'deleted', kind: 'bundle', id } }, async (tx) => {
      await tx.objectStore('bundles').delete(id);
      await tx.objectStore('bundleCards').delete(id);
    }),
});
