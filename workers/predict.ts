// Predictions from a bundle and nothing else: no learner is in this worker's code, so it is small and starts fast.
import { expose } from 'comlink';
import type { Bundle } from '../src/core/bundle/bundle.ts';
import { BarnacleError } from '../src/core/base/errors.ts';
import { readBundle } from '../src/core/bundle/read-bundle.ts';
import type { ReadContext } from '../src/core/io/csv/csv-kernels.ts';
import type { ServingContext } from '../src/core/models/serving-kernels.ts';
import { predictSource, predictWords } from '../src/core/pipeline/predict-source.ts';
import { loadCsvKernels } from '../src/kernels/csv-wasm/index.ts';
import { loadServing } from '../src/kernels/load-serving.ts';
import { alive } from '../src/wire/alive.ts';
import { blobSource } from '../src/wire/blob-source.ts';
import { workContext, type StopFlag } from '../src/wire/breathe.ts';
import { carryErrors } from '../src/wire/errors.ts';
import type { PredictApi } from '../src/wire/predict.ts';

carryErrors();
const maxBreaches = 1000;
let held: Bundle | null = null;
let flag: StopFlag = { wish: 'go' };

function opened(): Bundle {
  if (!held) throw new BarnacleError('not-found', 'no model is open in the predict worker; open one first', { what: 'bundle', id: '' });
  return held;
}

const predict = {
  async open(bytes) {
    held = readBundle(bytes);
    return held.contract;
  },
  rows: async (rows) => predictWords(opened(), rows),
  async file(name, file, onProgress) {
    flag = { wish: 'go' };
    const context: ReadContext & ServingContext = { ...workContext('predict', flag, (progress) => void onProgress(progress)), csv: await loadCsvKernels(), serving: await loadServing() };
    const { csv, rows, breaches, page } = await predictSource(opened(), blobSource(name, file), context);
    const blob = new Blob([csv as Uint8Array<ArrayBuffer>], { type: 'text/csv' });
    return { file: { name: `${name}-predicted.csv`, type: 'text/csv', blob, bytes: blob.size }, rows, breaches: breaches.slice(0, maxBreaches), breachCount: breaches.length, page };
  },
  async stop() {
    flag.wish = 'discard';
  },
} satisfies PredictApi;

expose({ ...predict, ...alive });
