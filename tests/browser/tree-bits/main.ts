// The page of bench tree-bits: one worker grows every case on every kernel that a browser has; treeBits(rows) gives the hashes.
import type { BitsAnswer } from './worker.ts';
import workerUrl from './worker.ts?worker&url';

const treeBits = (rows: number): Promise<BitsAnswer> =>
  new Promise((done, fail) => {
    const worker = new Worker(workerUrl, { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<BitsAnswer>) => done(event.data));
    worker.addEventListener('error', (event) => fail(new Error(event.message)));
    worker.postMessage(rows);
  });
Object.assign(globalThis, { treeBits });
