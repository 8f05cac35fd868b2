// A helper of the kernels: a worker that a fit worker starts, serving one session after another until it is ended.
import { serveThread } from '../src/kernels/team/serve-thread.ts';

serveThread({
  post: (answer) => postMessage(answer),
  listen: (told) => addEventListener('message', (event) => told(event.data)),
});
