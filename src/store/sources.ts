// The bytes that a dataset was read from, so that it can be read again another way after a reload. Kept as Blobs, which
// browsers store beside the database; a file beyond the limit is not kept, and reading again then asks for it.
import type { Hash, Json } from '../core/base/json.ts';
import type { Connection } from './connection.ts';

export const maxSourceBytes = 512 * 1024 * 1024;
export type SourceFile = { name: string; blob: Blob };
/** `options` are those that the dataset was read with. */
export type SourceRecord = { id: Hash; name: string; options: { [key: string]: Json }; files: SourceFile[] };

export interface Sources {
  get(dataset: Hash): Promise<SourceRecord | null>;
  /** False when it is too large to keep. Throws storage-full. */
  save(source: SourceRecord): Promise<boolean>;
  remove(dataset: Hash): Promise<void>;
}

const bytesOf = (files: readonly SourceFile[]): number => files.reduce((sum, file) => sum + file.blob.size, 0);

export const sourcesOf = (connection: Connection): Sources => ({
  get: (id) => connection.read(['sources'], async (tx) => (await tx.objectStore('sources').get(id)) ?? null),
  async save(source) {
    const bytes = bytesOf(source.files);
    if (bytes > maxSourceBytes) return false;
    await connection.write(['sources'], { durability: 'relaxed', bytes }, async (tx) => void (await tx.objectStore('sources').put(source)));
    return true;
  },
  remove: (id) => connection.write(['sources'], { durability: 'relaxed' }, (tx) => tx.objectStore('sources').delete(id)),
});
