// One run in the pool: goes on from what was kept of it, keeps how it stands, and when its worker dies on the way goes on
// in another one from the last that was kept.
import { proxy } from 'comlink';
import { BarnacleError, isBarnacleError } from '../../src/core/base/errors.ts';
import type { Progress } from '../../src/core/base/task.ts';
import type { Bundle } from '../../src/core/bundle/bundle.ts';
import { learners } from '../../src/core/learners/index.ts';
import { fitMemory, fitSize } from '../../src/core/pipeline/fit-memory.ts';
import type { KeptFit } from '../../src/core/pipeline/kept-fit.ts';
import type { Prepared } from '../../src/core/pipeline/prepare.ts';
import { runId, waitingRun } from '../../src/core/pipeline/run.ts';
import type { Run, RunSpec } from '../../src/core/pipeline/run-spec.ts';
import type { OnKeep } from '../../src/wire/fit.ts';
import type { Flag, Job } from './jobs.ts';
import { fitBudget, refuseTooLarge } from './memory-calls.ts';
import type { Session } from './session.ts';

/** How often a fit whose worker died is gone on with by itself; each time it must have come further. */
const mostLosses = 3;

/** Throws what the fit throws: `stopped`, `paused`, worker-lost when going on did not help. */
export async function fitOne(session: Session, job: Job, spec: RunSpec, prepared: Prepared, report: (progress: Progress) => void, onRun: (run: Run) => void): Promise<{ run: Run; bundle: Bundle }> {
  const id = runId(spec);
  const flag = job.run(id);
  const from = await session.forerunner(spec);
  const line = session.fits.enter(learners.get(spec.learner.type).fitsOn !== 'core');
  const onKeep: OnKeep = (step, curve, file, pausing) => session.kept.keep(id, step, curve, file, pausing);
  try {
    let kept = await session.kept.get(id);
    for (let losses = 0; ; losses++) {
      try {
        return await session.pool.use(flag, (remote) => {
          refuse(job, flag, kept);
          const threads = line.begin();
          refuseTooLarge(fitMemory(spec.learner.type, spec.learner.params, fitSize(prepared.train, prepared.valid), threads), fitBudget(session));
          onRun({ ...waitingRun(spec, Date.now()), status: 'running', ...(kept ? { curve: [...kept.curve], resumed: kept.checkpoint.step } : {}) });
          const fit = remote.run(spec, prepared, { threads, resume: kept, from }, proxy(report), proxy(onKeep)) as Promise<{ run: Run; bundle: Bundle }>;
          return fit.finally(() => line.end());
        });
      } catch (thrown) {
        line.end();
        const before = kept?.checkpoint.step ?? 0;
        if (!isBarnacleError(thrown, 'worker-lost') || losses === mostLosses) throw thrown;
        kept = await session.kept.get(id);
        if (!kept || kept.checkpoint.step <= before) throw thrown;
      }
    }
  } finally {
    line.end();
  }
}

/** Nothing is kept of it yet, so there is nothing to end with; what is paused before it begins waits as it is. */
function refuse(job: Job, { wish }: Flag, kept: KeptFit | null): void {
  if (wish === 'pause') throw new BarnacleError('paused', `job ${job.id} was paused before its fit began`, { job: job.id });
  if (wish === 'stop' && !kept) throw new BarnacleError('stopped', `job ${job.id} was stopped before its fit began`, { job: job.id });
}
