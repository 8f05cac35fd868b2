// Starts a helper thread of the kernels in Node. It keeps no process alive, and ends with the thread that started it.
import { Worker } from 'node:worker_threads';
import type { TeamThread } from '../kernels/team/team.ts';

/** The script is the built team-worker.js, which lies beside this chunk. */
export function spawnThread(): TeamThread {
  const worker = new Worker(new URL('./team-worker.js', import.meta.url));
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
