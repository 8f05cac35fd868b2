// Fits under way, one for each run: a card (how far, its curve) and the bytes of the checkpoint file in 4 MB chunks with
// their checksums. Replaced in one transaction, so there is always a whole one; gone once its run has ended.
import { BarnacleError } from '../core/base/errors.ts';
import { hashBytes } from '../core/base/hash.ts';
import type { Hash } from '../core/base/json.ts';
import type { CurvePoint } from '../core/base/task.ts';
import type { Connection } from './connection.ts';
import { chunkBytes, type CheckpointCard } from './schema.ts';

export interface Checkpoints {
  card(run: Hash): Promise<CheckpointCard | null>;
  /** Those that are there, in the order of the runs. */
  some(runs: readonly Hash[]): Promise<CheckpointCard[]>;
  /** The bytes of the file, or null when there is none. Throws storage-corrupt. */
  bytes(run: Hash): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Replaces what there was. `lasting`: reaches the disk before it resolves, for a pause. */
  save(kept: { run: Hash; step: number; curve: readonly CurvePoint[]; savedAt: number }, bytes: Uint8Array<ArrayBuffer>, lasting: boolean): Promise<void>;
  remove(runs: readonly Hash[]): Promise<void>;
}

const kinds = ['checkpoints', 'checkpointChunks'] as const;
const chunkRange = (run: Hash) => IDBKeyRange.bound([run, 0], [run, Infinity]);

export const checkpointsOf = (connection: Connection): Checkpoints => ({
  card: (run) => connection.read(['checkpoints'], async (tx) => (await tx.objectStore('checkpoints').get(run)) ?? null),
  async some(runs) {
    const found = await connection.read(['checkpoints'], (tx) => Promise.all(runs.map((run) => tx.objectStore('checkpoints').get(run))));
    return found.filter((card) => card !== undefined);
  },
  bytes: (run) =>
    connection.read([...kinds], async (tx) => {
      const card = await tx.objectStore('checkpoints').get(run);
      if (!card) return null;
      if (card.version !== 1) throw new BarnacleError('newer-version', `the checkpoint of run ${run} was stored in format ${card.version}, this version reads 1; reload the page`, { what: 'checkpoint', found: card.version, supported: 1 });
      const out = new Uint8Array(card.bytes);
      let at = 0;
      for (const [index, { bytes, checksum }] of card.chunks.entries()) {
        const found = await tx.objectStore('checkpointChunks').get([run, index]);
        const chunk = found && new Uint8Array(found);
        if (!chunk || chunk.length !== bytes || at + bytes > out.length || hashBytes(chunk) !== checksum) throw corrupt(run, index);
        out.set(chunk, at);
        at += bytes;
      }
      if (at !== out.length) throw corrupt(run, card.chunks.length);
      return out;
    }),
  save: ({ run, step, curve, savedAt }, bytes, lasting) =>
    connection.write([...kinds], { durability: lasting ? 'strict' : 'relaxed', bytes: bytes.length }, async (tx) => {
      const card: CheckpointCard = { id: run, version: 1, step, curve: [...curve], bytes: bytes.length, chunks: [], savedAt };
      await tx.objectStore('checkpointChunks').delete(chunkRange(run));
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        const chunk = bytes.slice(at, at + chunkBytes);
        const index = card.chunks.push({ bytes: chunk.length, checksum: hashBytes(chunk) }) - 1;
        await tx.objectStore('checkpointChunks').put(chunk.buffer, [run, index]);
      }
      await tx.objectStore('checkpoints').put(card);
    }),
  remove: (runs) =>
    connection.write([...kinds], { durability: 'relaxed' }, async (tx) => {
      for (const run of runs) {
        await tx.objectStore('checkpoints').delete(run);
        await tx.objectStore('checkpointChunks').delete(chunkRange(run));
      }
    }),
});

const corrupt = (run: Hash, chunk: number) =>
  new BarnacleError('storage-corrupt', `the checkpoint of run ${run} is damaged at chunk ${chunk}; the run is trained from its start`, { what: 'checkpoint', id: run, reason: `chunk ${chunk} is not what was written` });
