// A FitDoor over worker_threads: each fit in a thread of its own, at most `threads` at once; results do not depend on it.
import { Worker } from 'node:worker_threads';
import { BarnacleError, errorFrom, type ErrorRecord } from '../core/base/errors.ts';
import type { Progress } from '../core/base/task.ts';
import type { FitDoor, FitJob, Fitted } from '../core/pipeline/run.ts';
import type { Backend } from './kernels.ts';

export type FitRequest = { job: FitJob; backend: Backend };
export type FitAnswer = { progress: Progress } | Fitted | { error: ErrorRecord };

/** Fits in threads; the caller may ask for several at once and each waits its turn. */
export function fitPool(threads: number, backend: Backend): FitDoor {
  let free = threads;
  const waiting: (() => void)[] = [];
  const enter = async () => {
    if (free > 0) free--;
    else await new Promise<void>((go) => waiting.push(go));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async (job, context) => {
    await enter();
    try {
      return await fitInThread({ job, backend }, context.report);
    } finally {
      leave();
    }
  };
}

function fitInThread(request: FitRequest, report: (progress: Progress) => void): Promise<Fitted> {
  const worker = new Worker(new URL('./fit-worker.js', import.meta.url), { workerData: request });
  return new Promise<Fitted>((done, fail) => {
    worker.on('message', (answer: FitAnswer) => {
      if ('progress' in answer) report(answer.progress);
      else if ('error' in answer) fail(errorFrom(answer.error));
      else done(answer);
    });
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new BarnacleError('worker-lost', `the fit thread ended with code ${code} before its model was done`, { worker: request.job.learner, reason: `exit ${code}` })));
  }).finally(() => worker.terminate());
}
