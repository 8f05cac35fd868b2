import { expect, test } from 'vitest';
import { BarnacleError } from '../../../src/core/base/errors.ts';
import type { KeptFit } from '../../../src/core/pipeline/kept-fit.ts';
import type { Prepared } from '../../../src/core/pipeline/prepare.ts';
import { runId } from '../../../src/core/pipeline/run.ts';
import type { Run } from '../../../src/core/pipeline/run-spec.ts';
import type { FitOptions, OnKeep } from '../../../src/wire/fit.ts';
import { fitOne } from '../../../workers/engine/fit-one.ts';
import { makeJobs, type Job } from '../../../workers/engine/jobs.ts';
import type { Session } from '../../../workers/engine/session.ts';
import { makeFits } from '../../../workers/engine/thread-share.ts';
import { specOf } from '../studio/fake-engine.ts';

const spec = specOf('gbt');
const id = runId(spec);
const keptAt = (step: number) => ({ checkpoint: { learner: 'gbt', step }, curve: [{ step, train: 1, valid: null, rowsPerSecond: null }], fitMs: 1 }) as unknown as KeptFit;
const matrix = { rows: 10, features: [{}], target: null };
const prepared = { train: matrix, valid: null } as unknown as Prepared;
const lost = () => new BarnacleError('worker-lost', 'lost', { worker: 'fit', reason: 'gone' });

/** `fits` answers one call of the worker after the other. */
function world(before: KeptFit | null, fits: ((options: FitOptions, onKeep: OnKeep) => Promise<unknown>)[], of = spec) {
  let kept = before;
  const asked: FitOptions[] = [];
  const told: Run[] = [];
  const session = {
    forerunner: async () => null,
    fits: makeFits(4, 3),
    heldBytes: () => 0,
    kept: { get: async () => kept, keep: async (_run: string, step: number) => void (kept = keptAt(step)) },
    pool: { use: async (_flag: unknown, body: (remote: unknown) => Promise<unknown>) => body({ run: (_spec: unknown, _prepared: unknown, options: FitOptions, _report: unknown, onKeep: OnKeep) => {
      asked.push(options);
      return fits[asked.length - 1]!(options, onKeep);
    } }) },
  } as unknown as Session;
  const go = (say: (job: Job) => void = () => {}) => makeJobs().during('j', async (job) => {
    say(job);
    return fitOne(session, job, of, prepared, () => {}, (run) => told.push(run));
  });
  return { go, asked, told };
}

test('a fit goes on from what was kept, and that is told with its curve', async () => {
  const { go, asked, told } = world(keptAt(5), [async () => ({ run: 'r' })]);
  expect(await go()).toEqual({ run: 'r' });
  expect([asked[0]!.resume?.checkpoint.step, asked[0]!.threads]).toEqual([5, 4]);
  expect(told).toMatchObject([{ id, status: 'running', resumed: 5, curve: [{ step: 5 }] }]);
});

test.each([['gbt', 4], ['mlp', 4], ['linear', 1]] as const)('a fit of %s that is alone gets %i of 4 threads', async (type, threads) => {
  const { go, asked } = world(null, [async () => ({ run: 'r' })], specOf(type));
  await go();
  expect(asked[0]!.threads).toBe(threads);
});

test('when its worker dies it goes on in another, as long as it gets further', async () => {
  const { go, asked } = world(null, [
    async (_options, onKeep) => onKeep(3, [], new Uint8Array(0), false).then(() => { throw lost(); }),
    async (_options, onKeep) => onKeep(8, [], new Uint8Array(0), false).then(() => { throw lost(); }),
    async () => { throw lost(); },
  ]);
  await expect(go()).rejects.toMatchObject({ code: 'worker-lost' });
  expect(asked.map((options) => options.resume?.checkpoint.step ?? 0)).toEqual([0, 3, 8]);
});

test('stopped or paused before it began, it asks nothing of a worker, unless there is something to end with', async () => {
  const none = world(null, []);
  await expect(none.go((job) => job.run(id).say('stop'))).rejects.toMatchObject({ code: 'stopped' });
  await expect(none.go((job) => job.run(id).say('pause'))).rejects.toMatchObject({ code: 'paused' });
  const some = world(keptAt(5), [async () => ({ run: 'kept' })]);
  expect(await some.go((job) => job.run(id).say('stop'))).toEqual({ run: 'kept' });
});

test('a fit beyond the memory of this tab is refused before it begins', async () => {
  const huge = { train: { ...matrix, rows: 2e9, features: Array.from({ length: 50 }, () => ({})) }, valid: null } as unknown as Prepared;
  const session = { forerunner: async () => null, fits: makeFits(1, 1), heldBytes: () => 0, kept: { get: async () => null }, pool: { use: (_: unknown, body: (remote: unknown) => unknown) => body({}) } } as unknown as Session;
  const fit = makeJobs().during('j', (job) => fitOne(session, job, spec, huge, () => {}, () => {}));
  await expect(fit).rejects.toMatchObject({ code: 'too-large', message: expect.stringMatching(/use fewer rows/) });
});
