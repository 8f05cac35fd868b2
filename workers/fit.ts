// One learner fit at a time: a Matrix and parsed params in, a plain Model out, progress on the way. Kernels are chosen
// once per worker; the neural backend loads when a net is first trained.
import { expose, releaseProxy } from 'comlink';
import { fitHere } from '../src/core/pipeline/run.ts';
import { alive } from '../src/wire/alive.ts';
import { workContext, type StopFlag } from '../src/wire/breathe.ts';
import { carryErrors } from '../src/wire/errors.ts';
import type { FitApi } from '../src/wire/fit.ts';
import { webKernels } from './web-kernels.ts';

carryErrors();
const kernels = webKernels();
let flag: StopFlag = { wish: 'go' };

const fit = {
  async fit(job, onProgress) {
    flag = { wish: 'go' };
    const context = workContext('fit', flag, (progress) => void onProgress(progress));
    try {
      const { kernels: chosen, made } = await kernels;
      return await fitHere(chosen, made)(job, context);
    } finally {
      (onProgress as Partial<{ [releaseProxy](): void }>)[releaseProxy]?.();
    }
  },
  async stop(keep) {
    if (flag.wish !== 'discard') flag.wish = keep ? 'stop' : 'discard';
  },
} satisfies FitApi;

expose({ ...fit, ...alive });
