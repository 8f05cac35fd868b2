// What is kept of fits under way: in the store, or in memory while storage is full or refused (said once for each run).
// Reads and writes go one after the other, so a dropped fit does not come back with a write that was on its way.
import { errorRecord } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import type { CurvePoint } from '../../src/core/base/task.ts';
import { readKeptFit, type KeptFit } from '../../src/core/pipeline/kept-fit.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { Announcer } from '../../src/wire/announce.ts';

export interface KeptFits {
  /** What a run may go on from; null when there is nothing, when it is damaged, or when another version of Barnacle made it. */
  get(run: Hash): Promise<KeptFit | null>;
  /** Resolves once it is kept; never rejects. `lasting`: to the disk. */
  keep(run: Hash, step: number, curve: readonly CurvePoint[], file: Uint8Array<ArrayBuffer>, lasting: boolean): Promise<void>;
  drop(runs: readonly Hash[]): Promise<void>;
}

/** `by` is this version of Barnacle. */
export function makeKeptFits(store: () => Promise<Store>, announcer: Announcer, by: string, now: () => number = Date.now): KeptFits {
  const unstored = new Map<Hash, Uint8Array<ArrayBuffer>>();
  const told = new Set<Hash>();
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }
  async function remove(runs: readonly Hash[]): Promise<void> {
    for (const run of runs) unstored.delete(run);
    await store().then((opened) => opened.checkpoints.remove(runs)).catch(() => {});
  }
  return {
    get: (run) =>
      inTurn(async () => {
        try {
          const file = unstored.get(run) ?? (await (await store()).checkpoints.bytes(run));
          if (!file) return null;
          const read = readKeptFit(file);
          if (read.run === run && read.by === by) return read.kept;
        } catch {
          // It cannot be read: the run is trained from its start, as it is when there is none.
        }
        await remove([run]);
        return null;
      }),
    keep: (run, step, curve, file, lasting) =>
      inTurn(async () => {
        try {
          await (await store()).checkpoints.save({ run, step, curve, savedAt: now() }, file, lasting);
          unstored.delete(run);
        } catch (thrown) {
          unstored.set(run, file);
          if (!told.has(run)) announcer.say({ verb: 'failed', kind: 'checkpoint', id: run, error: errorRecord(thrown) });
          told.add(run);
        }
      }),
    drop: (runs) => inTurn(() => remove(runs)),
  };
}
