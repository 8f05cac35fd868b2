// What a kept model does: its contract, predictions for rows and files, exports, and models that somebody gave us.
import { runtimeFor } from 'virtual:serve';
import type { Hash } from '../../src/core/base/json.ts';
import type { Bundle } from '../../src/core/bundle/bundle.ts';
import { exporters } from '../../src/core/bundle/exporters/index.ts';
import { hashBundle } from '../../src/core/bundle/hash-bundle.ts';
import { readBundle } from '../../src/core/bundle/read-bundle.ts';
import { checkGolden } from '../../src/core/pipeline/check-golden.ts';
import { readContext, withServing } from '../web-kernels.ts';
import { predictSource, predictWords } from '../../src/core/pipeline/predict-source.ts';
import { blobSource } from '../../src/wire/blob-source.ts';
import type { EngineApi, ExportFile } from '../../src/wire/engine.ts';
import { makeCache } from './cache.ts';
import { runOfBundle } from './run-of-bundle.ts';
import type { Session } from './session.ts';

type Calls = Pick<EngineApi, 'contract' | 'predictRows' | 'predictFile' | 'exportBundle' | 'importBundle'>;
const heldBundles = 4;
const maxBreaches = 1000;

export function serveCalls(session: Session): Calls {
  const held = makeCache<Bundle>(heldBundles, () => 1);
  const bundle = (id: Hash) => held.get(id, async () => (await session.store()).bundles.get(id));
  return {
    contract: async (id) => (await bundle(id)).contract,
    predictRows: async (id, rows) => predictWords(await bundle(id), rows),
    predictFile: (job, id, name, file, onProgress) =>
      session.jobs.during(job, async (running) => {
        const { csv, rows, breaches, page } = await predictSource(await bundle(id), blobSource(name, file), await withServing(await readContext(running.context(onProgress))));
        return { file: exportFile(`${stem(name)}-predicted.csv`, 'text/csv', csv), rows, breaches: breaches.slice(0, maxBreaches), breachCount: breaches.length, page };
      }),
    async exportBundle(id, kind) {
      const [exporter, found] = [exporters.get(kind), await bundle(id)];
      return exportFile(`${safeName(found.name)}${exporter.extension}`, exporter.mime, exporter.write(found, await runtimeFor(found)));
    },
    async importBundle(_name, file) {
      const found = readBundle(new Uint8Array(await file.arrayBuffer()));
      checkGolden(found);
      const store = await session.store();
      const run = runOfBundle(found, hashBundle(found), Date.now());
      const card = await store.bundles.save(found, run?.id ?? null, Date.now());
      if (run && !(await store.runs.get(run.id))) await store.runs.save(run);
      return { bundle: card.id, name: card.name };
    },
  };
}

type Bytes = Uint8Array<ArrayBuffer>;
export function exportFile(name: string, type: string, content: Uint8Array | Blob): ExportFile {
  const blob = content instanceof Blob ? content : new Blob([content as Bytes], { type });
  return { name, type, blob, bytes: blob.size };
}
/** A file name of letters, digits, dots, dashes and spaces; never empty, never hidden. */
export const safeName = (name: string): string => name.replace(/[^\p{L}\p{N}._ -]+/gu, '-').replace(/^[.\s-]+/, '').slice(0, 80) || 'model';
const stem = (name: string): string => safeName(name.replace(/(\.[a-z0-9]+){1,2}$/i, ''));
