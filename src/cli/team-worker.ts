// A helper of the kernels in a thread of its own: it serves one session after another until it is ended.
import { parentPort } from 'node:worker_threads';
import { serveThread } from '../kernels/team/serve-thread.ts';

serveThread({
  post: (answer) => parentPort!.postMessage(answer),
  listen: (told) => void parentPort!.on('message', told),
});
