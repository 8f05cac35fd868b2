// A helper of the tree kernels in a thread of its own: it serves one session after another until it is ended.
import { parentPort } from 'node:worker_threads';
import { serveTreeThread } from '../kernels/trees-wasm/serve-thread.ts';

serveTreeThread({
  post: (answer) => parentPort!.postMessage(answer),
  listen: (told) => void parentPort!.on('message', told),
});
