// Starts a helper of the tree kernels in Node. It keeps no process alive, and ends with the thread that started it.
import { Worker } from 'node:worker_threads';
import type { TreeThread } from '../kernels/trees-wasm/index.ts';

/** The script is the built tree-worker.js, which lies beside this chunk. */
export function spawnTreeThread(): TreeThread {
  const worker = new Worker(new URL('./tree-worker.js', import.meta.url));
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    listen(told, failed) {
      worker.on('message', told);
      worker.on('error', (error) => failed(String(error)));
      worker.on('exit', (code) => failed(`it ended with code ${code}`));
    },
    end: () => void worker.terminate(),
  };
}
