// Datasets: a card for lists, and the columns in 4 MB chunks under a manifest with their checksums. Chunks, manifest
// and card are written in one transaction, the manifest last, so a table is there whole or not at all.
// A restored table is checked chunk by chunk and must have the content hash that is its id.
import { BarnacleError } from '../core/base/errors.ts';
import { hashBytes } from '../core/base/hash.ts';
import type { Hash } from '../core/base/json.ts';
import { hashTable } from '../core/table/hash-table.ts';
import type { Table } from '../core/table/table.ts';
import type { DatasetCard } from '../wire/engine.ts';
import { columnBytes, corrupt, cutParts, readColumns } from './column-bytes.ts';
import type { Connection, WriteTx } from './connection.ts';
import { chunkBytes, type Manifest } from './schema.ts';

export interface Datasets {
  cards(): Promise<DatasetCard[]>;
  card(id: Hash): Promise<DatasetCard | null>;
  /** Resolves once all of it is on disk. A dataset that is already there is not written again. */
  save(card: DatasetCard, table: Table): Promise<void>;
  has(id: Hash): Promise<boolean>;
  /** Throws not-found, or storage-corrupt naming the first chunk that is not what was written. */
  table(id: Hash): Promise<Table>;
  remove(id: Hash): Promise<void>;
}

const kinds = ['chunks', 'cards', 'manifests'] as const;
const chunkRange = (id: Hash) => IDBKeyRange.bound([id, 0], [id, Infinity]);

export const datasetsOf = (connection: Connection): Datasets => ({
  cards: () => connection.read(['cards'], (tx) => tx.objectStore('cards').getAll()),
  card: (id) => connection.read(['cards'], async (tx) => (await tx.objectStore('cards').get(id)) ?? null),
  has: (id) => connection.read(['manifests'], async (tx) => (await tx.objectStore('manifests').getKey(id)) !== undefined),
  async save(card, table) {
    const { heads, parts, bytes } = columnBytes(table);
    const change = { verb: 'saved', kind: 'dataset', id: card.id } as const;
    await connection.write([...kinds], { durability: 'strict', bytes, change }, async (tx) => {
      if ((await tx.objectStore('manifests').getKey(card.id)) !== undefined) return void (await tx.objectStore('cards').put(card));
      const manifest: Manifest = { id: card.id, version: 1, rows: table.rows, columns: heads, bytes, chunks: [] };
      for (const piece of cutParts(parts, bytes, chunkBytes)) {
        const index = manifest.chunks.push({ bytes: piece.length, checksum: hashBytes(piece) }) - 1;
        await tx.objectStore('chunks').put(piece.buffer, [card.id, index]);
      }
      await tx.objectStore('cards').put(card);
      await tx.objectStore('manifests').put(manifest);
    });
  },
  async table(id) {
    const manifest = await connection.read(['manifests'], (tx) => tx.objectStore('manifests').get(id));
    if (!manifest) throw new BarnacleError('not-found', `dataset ${id} is not stored here; import its file again`, { what: 'dataset', id });
    if (manifest.version !== 1) throw new BarnacleError('newer-version', `dataset ${id} was stored in format ${manifest.version}, this version reads 1; reload the page`, { what: 'dataset', found: manifest.version, supported: 1 });
    const table = await readColumns(id, manifest.columns, manifest.rows, manifest.bytes, chunkReader(connection, manifest));
    if (hashTable(table) !== id) throw corrupt(id, 'the restored table has another content hash');
    return table;
  },
  remove: (id) =>
    connection.write([...kinds, 'profiles'], { durability: 'strict', change: { verb: 'deleted', kind: 'dataset', id } }, async (tx) => {
      await removeDataset(tx, id);
      await tx.objectStore('profiles').delete(id);
    }),
});

/** Inside a transaction over chunks, cards and manifests: drops all that belongs to a dataset. */
export async function removeDataset(tx: WriteTx, id: Hash): Promise<void> {
  await tx.objectStore('manifests').delete(id);
  await tx.objectStore('cards').delete(id);
  await tx.objectStore('chunks').delete(chunkRange(id));
}

function chunkReader(connection: Connection, manifest: Manifest): (start: number, end: number) => Promise<Uint8Array> {
  let held = -1;
  let bytes = new Uint8Array(0);
  async function load(index: number): Promise<void> {
    const expected = manifest.chunks[index];
    const found = await connection.read(['chunks'], (tx) => tx.objectStore('chunks').get([manifest.id, index]));
    if (!found || !expected) throw corrupt(manifest.id, `chunk ${index} of ${manifest.chunks.length} is missing`);
    bytes = new Uint8Array(found);
    if (bytes.length !== expected.bytes || hashBytes(bytes) !== expected.checksum) throw corrupt(manifest.id, `chunk ${index} of ${manifest.chunks.length} has another checksum`);
    held = index;
  }
  return async (start, end) => {
    const out = new Uint8Array(end - start);
    for (let at = start; at < end; ) {
      const index = Math.floor(at / chunkBytes);
      if (index !== held) await load(index);
      const from = at - index * chunkBytes;
      const piece = bytes.subarray(from, Math.min(bytes.length, from + end - at));
      if (!piece.length) throw corrupt(manifest.id, `chunk ${index} is too short`);
      out.set(piece, at - start);
      at += piece.length;
    }
    return out;
  };
}
