// Starts a helper of the tree kernels from a fit worker (a nested worker, same origin, same headers).
import type { TreeThread } from '../src/kernels/trees-wasm/index.ts';
import { trustedUrl } from '../src/wire/trusted-url.ts';
import treesUrl from './trees.ts?worker&url';

export function spawnTreeThread(): TreeThread {
  const worker = new Worker(trustedUrl(treesUrl), { type: 'module', name: 'barnacle-trees' });
  return {
    post: (message) => worker.postMessage(message),
    listen(told, failed) {
      worker.addEventListener('message', (event) => told(event.data));
      worker.addEventListener('error', (event) => failed(event.message || 'its script failed'));
      worker.addEventListener('messageerror', () => failed('a message could not be read'));
    },
    end: () => worker.terminate(),
  };
}
