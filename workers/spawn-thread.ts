// Starts a helper of the kernels from a fit worker (a nested worker, same origin, same headers).
import type { TeamThread } from '../src/kernels/team/team.ts';
import { trustedUrl } from '../src/wire/trusted-url.ts';
import teamUrl from './team.ts?worker&url';

export function spawnThread(): TeamThread {
  const worker = new Worker(trustedUrl(teamUrl), { type: 'module', name: 'barnacle-team' });
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
