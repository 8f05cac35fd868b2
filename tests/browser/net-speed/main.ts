// The page of bench nets: one worker for each contestant, so that none has another's leavings; netSpeed(ask) gives its run.
import type { NetsRun } from '../../../src/cli/bench/nets-rows.ts';
import type { SpeedAsk } from './worker.ts';
import workerUrl from './worker.ts?worker&url';

const netSpeed = (ask: SpeedAsk): Promise<NetsRun> =>
  new Promise((done, fail) => {
    const worker = new Worker(workerUrl, { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<NetsRun>) => {
      worker.terminate();
      done(event.data);
    });
    worker.addEventListener('error', (event) => fail(new Error(event.message)));
    worker.postMessage(ask);
  });
Object.assign(globalThis, { netSpeed });
