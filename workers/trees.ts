// A helper of the tree kernels: a worker that a fit worker starts, serving one session after another until it is ended.
import { serveTreeThread } from '../src/kernels/trees-wasm/serve-thread.ts';

serveTreeThread({
  post: (answer) => postMessage(answer),
  listen: (told) => addEventListener('message', (event) => told(event.data)),
});
