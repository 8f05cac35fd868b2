// Prepares data for a run, or takes a run through fit, evaluation and bundle: one call at a time, progress on the way.
// Kernels are chosen once per worker; the neural backend loads when a net is first trained.
import { expose, releaseProxy } from 'comlink';
import type { Progress, WorkContext } from '../src/core/base/task.ts';
import { prepare } from '../src/core/pipeline/prepare.ts';
import { fitHere, run } from '../src/core/pipeline/run.ts';
import { alive } from '../src/wire/alive.ts';
import { workContext, type StopFlag } from '../src/wire/breathe.ts';
import { carryErrors } from '../src/wire/errors.ts';
import type { FitApi } from '../src/wire/fit.ts';
import { sharePrepared } from '../src/wire/share.ts';
import { webKernels } from './web-kernels.ts';

carryErrors();
const kernels = webKernels();
const nothing = { rows: 0, columns: [] };
const resamples = 200;
let flag: StopFlag = { wish: 'go' };

/** Runs `body` under a fresh flag; the callback's port is let go afterwards. */
async function during<T>(onProgress: (progress: Progress) => void, body: (context: WorkContext) => Promise<T>): Promise<T> {
  flag = { wish: 'go' };
  try {
    return await body(workContext('fit', flag, (progress) => void onProgress(progress)));
  } finally {
    (onProgress as Partial<{ [releaseProxy](): void }>)[releaseProxy]?.();
  }
}

const fit = {
  prepare: (spec, table, onProgress) => during(onProgress, async (context) => sharePrepared(await prepare(spec, table, context))),
  run: (spec, prepared, onProgress) =>
    during(onProgress, async (context) => {
      const { kernels: chosen, made } = await kernels;
      const result = await run(spec, nothing, { ...context, clock: () => Date.now(), fit: fitHere(chosen, made), prepared, resamples });
      return { run: result.run, bundle: result.bundle };
    }),
  async stop(keep) {
    if (flag.wish !== 'discard') flag.wish = keep ? 'stop' : 'discard';
  },
} satisfies FitApi;

expose({ ...fit, ...alive });
