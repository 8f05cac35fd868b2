// One contestant of bench nets in a tab: our WASM, our GPU steps, or stock tfjs on WASM (threads where asked) or WebGPU.
import * as tfjs from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { netsCases } from '../../../src/cli/bench/nets-cases.ts';
import { trainOurs } from '../../../src/cli/bench/nets-ours.ts';
import { jobOf, makeRows, makeWeights, type NetsRun } from '../../../src/cli/bench/nets-rows.ts';
import { trainStock, type Tf } from '../../../src/cli/bench/nets-tfjs.ts';
import { loadTfjsNets } from '../../../src/kernels/dense-tfjs/load-tfjs-nets.ts';
import { loadNetKernels } from '../../../src/kernels/nets-wasm/index.ts';
import { spawnThread } from '../../../workers/spawn-thread.ts';

export type SpeedAsk = { key: string; by: string; threads: number; rows: number; ms: number };

addEventListener('message', (event: MessageEvent<SpeedAsk>) => {
  run(event.data).then(
    (answer) => postMessage(answer),
    (error: unknown) => setTimeout(() => { throw error; }),
  );
});

async function run({ key, by, threads, rows, ms }: SpeedAsk): Promise<NetsRun> {
  const asked = netsCases().find((each) => each.key === key)!;
  const job = jobOf(by, asked, threads, rows, ms);
  const [data, weights] = [makeRows(rows), makeWeights(asked.net)];
  if (by === 'ours') {
    const loaded = await loadNetKernels({ threads, spawn: spawnThread });
    if (!loaded.kernels || loaded.kernels.threads !== threads) throw new Error(loaded.reason() ?? 'no kernels');
    const peak = loaded.peak(() => performance.now());
    return { ...(await trainOurs(job, data, weights, loaded.kernels, null)), peak, version: loaded.relaxed ? 'relaxed SIMD' : '' };
  }
  if (by === 'ours-webgpu') {
    const { kernels, reasons } = await loadTfjsNets({ backend: 'webgpu', allowFallbackAdapter: true });
    if (kernels?.backend !== 'webgpu') throw new Error(reasons.join('; '));
    return { ...(await trainOurs(job, data, weights, kernels, null)), version: '' };
  }
  const backend = by.replace('tfjs-', '');
  if (backend === 'wasm') {
    tfjs.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
    setWasmPaths({ 'tfjs-backend-wasm.wasm': plainUrl, 'tfjs-backend-wasm-simd.wasm': simdUrl, 'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl });
    if (threads > 1) setThreadsCount(threads);
  }
  return trainStock(tfjs as unknown as Tf, backend, job, data, weights, null);
}
