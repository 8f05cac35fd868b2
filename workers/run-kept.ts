// A run on this thread, of which is kept how it stands: the checkpoint file goes to the engine, the last word when it pauses.
import { releaseProxy, transfer } from 'comlink';
import type { WorkContext } from '../src/core/base/task.ts';
import type { Bundle } from '../src/core/bundle/bundle.ts';
import { writeKeptFit } from '../src/core/pipeline/kept-fit.ts';
import type { Prepared } from '../src/core/pipeline/prepare.ts';
import { fitHere, run, runId } from '../src/core/pipeline/run.ts';
import type { Run, RunSpec } from '../src/core/pipeline/run-spec.ts';
import type { StopFlag } from '../src/wire/breathe.ts';
import type { FitOptions, OnKeep } from '../src/wire/fit.ts';
import { makeKeepDoor } from '../src/wire/keep-door.ts';
import { keepEvery, withServing, type WebKernels } from './web-kernels.ts';

const nothing = { rows: 0, columns: [] };
const resamples = 200;

/** Rejects with `paused`, or what the run throws, once all that was to be kept has been. */
export async function runKept(spec: RunSpec, prepared: Prepared, { resume, from }: FitOptions, context: WorkContext & WebKernels, flag: StopFlag, onKeep: OnKeep): Promise<{ run: Run; bundle: Bundle }> {
  const id = runId(spec);
  const door = makeKeepDoor(id, flag, (kept, pausing) => {
    const file = writeKeptFit({ run: id, by: __VERSION__, kept });
    return onKeep(kept.checkpoint.step, kept.curve, transfer(file, [file.buffer]), pausing);
  }, keepEvery());
  try {
    const result = await run(spec, nothing, { ...(await withServing(context)), clock: () => Date.now(), fit: fitHere(context.kernels, context.made), prepared, resamples, resume, from, keep: door.keep });
    return { run: result.run, bundle: result.bundle };
  } finally {
    await door.settled().catch(() => {});
    (onKeep as Partial<{ [releaseProxy](): void }>)[releaseProxy]?.();
  }
}
