// Training and what follows from a run: each spec is prepared (once per data, recipe, split and seed), fitted and
// evaluated in the pool, saved here, then announced. One run's failure is its own record; the others go on.
import { BarnacleError, errorRecord } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import type { Progress } from '../../src/core/base/task.ts';
import { compressBundle } from '../../src/core/pipeline/compress-bundle.ts';
import { runImportance } from '../../src/core/pipeline/run-importance.ts';
import { prepareKey } from '../../src/core/pipeline/prepare.ts';
import { failedRun, runId } from '../../src/core/pipeline/run.ts';
import type { Run, RunSpec } from '../../src/core/pipeline/run-spec.ts';
import { modelBytes } from '../../src/core/models/model-bytes.ts';
import type { CompressReport, EngineApi } from '../../src/wire/engine.ts';
import type { Job } from './jobs.ts';
import { fitOne } from './fit-one.ts';
import { contextOf, storeOrNone, type Session } from './session.ts';
import { withServing } from '../web-kernels.ts';

type Calls = Pick<EngineApi, 'train' | 'importance' | 'stop' | 'pause' | 'dropKept' | 'compress'>;
type OnRunProgress = (run: Hash, progress: Progress) => void;
const resamples = 200;

export function trainCalls(session: Session): Calls {
  return {
    train: (jobId, dataset, specs, onProgress, onRun) =>
      session.jobs.during(jobId, async (job) => {
        const stranger = specs.find((spec) => spec.data !== dataset);
        if (stranger) throw new BarnacleError('bad-param', `a run spec names the data ${stranger.data}, the call ${dataset}; train them apart`, { path: 'specs.data', value: stranger.data, expected: dataset });
        const distinct = [...new Map(specs.map((spec) => [runId(spec), spec])).values()];
        await session.table(dataset);
        return Promise.all(distinct.map((spec) => trainOne(session, job, spec, distinct, onProgress, onRun)));
      }),
    async stop(job, run, keep) {
      session.jobs.stop(job, run, keep);
    },
    async pause(job, run) {
      session.jobs.pause(job, run);
    },
    dropKept: (runs) => session.kept.drop(runs),
    importance: (jobId, id, onProgress) =>
      session.jobs.during(jobId, async (job) => {
        const { run, bundle } = await keptRun(session, id);
        const context = await withServing(job.context(onProgress));
        const importance = await runImportance(bundle, run.spec, await session.table(run.spec.data), context, contextOf(await session.joined(run.spec.clean)));
        const filled = { ...run, importance };
        await (await session.store()).runs.save(filled);
        return filled;
      }),
    compress: (jobId, id, { bits }) =>
      session.jobs.during(jobId, async (job): Promise<CompressReport> => {
        const { run, bundle, hash } = await keptRun(session, id);
        const context = await withServing(job.context(() => {}));
        const metric = run.spec.metrics[0];
        const bytesBefore = modelBytes(bundle.model);
        const before = run.evaluation!.metrics[metric].value;
        if (bits === 32) return { bits, bytes: bytesBefore, bytesBefore, metric, before, after: before, bundle: hash };
        const { test } = await session.prepared(run.spec, job.flag, () => {});
        const small = await compressBundle(bundle, bits, test, resamples, context);
        const card = await (await session.store()).bundles.save(small.bundle, run.id, Date.now());
        return { bits, bytes: modelBytes(small.bundle.model), bytesBefore, metric, before, after: small.evaluation.metrics[metric].value, bundle: card.id };
      }),
  };
}

async function trainOne(session: Session, job: Job, spec: RunSpec, all: readonly RunSpec[], onProgress: OnRunProgress, onRun: (run: Run) => void): Promise<Run> {
  const id = runId(spec);
  const startedAt = Date.now();
  let run: Run;
  try {
    const key = prepareKey(spec);
    const group = all.filter((other) => prepareKey(other) === key).map(runId);
    const prepared = await session.prepared(spec, job.flag, (progress) => group.forEach((member) => onProgress(member, progress)));
    const result = await fitOne(session, job, spec, prepared, (progress) => onProgress(id, progress), onRun);
    run = result.run;
    await (await session.store()).bundles.save(result.bundle, id, Date.now());
  } catch (thrown) {
    run = failedRun(spec, startedAt, thrown);
  }
  if (run.status === 'paused') {
    const kept = await session.kept.get(id);
    run = { ...run, curve: [...(kept?.curve ?? [])], ...(kept ? { resumed: kept.checkpoint.step } : {}) };
  } else {
    await saveRun(session, run);
    if (run.error?.code !== 'worker-lost') await session.kept.drop([id]);
  }
  onRun(run);
  return run;
}

async function saveRun(session: Session, run: Run): Promise<void> {
  try {
    await (await storeOrNone(session))?.runs.save(run);
  } catch (thrown) {
    session.announcer.say({ verb: 'failed', kind: 'run', id: run.id, error: errorRecord(thrown) });
  }
}

async function keptRun(session: Session, id: Hash) {
  const store = await session.store();
  const run = await store.runs.get(id);
  if (!run?.bundle) throw new BarnacleError('not-found', `run ${id} has no model; train it first`, { what: 'run', id });
  return { run, hash: run.bundle, bundle: await store.bundles.get(run.bundle) };
}
