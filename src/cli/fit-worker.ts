// One fit in a thread of its own: a FitRequest in, progress and a model (or an error record) out.
import { parentPort, workerData } from 'node:worker_threads';
import { errorRecord } from '../core/base/errors.ts';
import { fitHere } from '../core/pipeline/run.ts';
import type { FitAnswer, FitRequest } from './fit-pool.ts';
import { nodeKernels } from './kernels.ts';

const { job, backend } = workerData as FitRequest;
const answer = (message: FitAnswer) => parentPort!.postMessage(message);

nodeKernels(backend)
  .then(({ kernels, made }) => fitHere(kernels, made)(job, { now: () => performance.now(), report: (progress) => answer({ progress }), breathe: async () => 'go' }))
  .then(answer, (error: unknown) => answer({ error: errorRecord(error) }));
