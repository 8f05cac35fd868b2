import { expect, it } from 'vitest';
import { BarnacleError } from '../../../src/core/base/errors.ts';
import type { RunSpec } from '../../../src/core/pipeline/run-spec.ts';
import { carryErrors } from '../../../src/wire/errors.ts';
import { makeFitPool } from '../../../workers/engine/fit-pool.ts';
import { makeFlag } from '../../../workers/engine/jobs.ts';
import { asWorker, FakeWorker } from '../client/fake-worker.ts';

carryErrors();
const specOf = (type: string) => ({ learner: { type, params: {} } }) as unknown as RunSpec;

function setup(size: number) {
  const workers: FakeWorker[] = [];
  const finish: { [learner: string]: (wish: string) => void } = {};
  const pool = makeFitPool(() => {
    let running = '';
    const fake = new FakeWorker({
      run: (spec: RunSpec) => {
        running = spec.learner.type;
        if (running === 'bad') return Promise.reject(new BarnacleError('no-rows', 'no rows', { what: 'x' }));
        return new Promise((done) => (finish[running] = (wish) => done({ run: wish, bundle: null })));
      },
      pause: async () => finish[running]('paused here'),
      stop: async (keep: boolean) => {
        if (keep) finish[running]('best so far');
      },
    });
    workers.push(fake);
    return asWorker(fake);
  }, size);
  const fit = (learner: string, flag = makeFlag()) => pool.use(flag, async (remote) => (await remote.run(specOf(learner), null as never, null as never, null as never, null as never)).run as unknown as string);
  const begun = async (learner: string) => {
    while (!finish[learner]) await new Promise((later) => setTimeout(later, 1));
  };
  return { pool, workers, finish, fit, begun };
}

it('runs as many fits as it has workers and makes the others wait', async () => {
  const { workers, finish, fit, begun } = setup(2);
  const all = Promise.all(['a', 'b', 'c'].map((learner) => fit(learner)));
  await begun('a');
  await begun('b');
  expect(workers.length).toBe(2);
  expect(finish['c']).toBeUndefined();
  finish['a']('done');
  await begun('c');
  finish['b']('done');
  finish['c']('done');
  expect(await all).toEqual(['done', 'done', 'done']);
  expect(workers.length).toBe(2);
});

it('fails only the fit of a worker that died, and replaces it', async () => {
  const { pool, workers, finish, fit, begun } = setup(1);
  const lost = fit('a');
  const next = fit('b');
  await begun('a');
  workers[0].die('out of memory');
  await expect(lost).rejects.toMatchObject({ code: 'worker-lost', details: { reason: 'out of memory' } });
  await begun('b');
  finish['b']('done');
  expect(await next).toBe('done');
  expect([workers.length, workers[0].terminated, pool.alive]).toEqual([2, true, 1]);
});

it('keeps a worker whose learner threw a typed error', async () => {
  const { workers, finish, fit, begun } = setup(1);
  await expect(fit('bad')).rejects.toMatchObject({ code: 'no-rows' });
  const next = fit('a');
  await begun('a');
  finish['a']('done');
  await next;
  expect(workers.length).toBe(1);
});

it('relays a stop, and ends a worker that does not heed a discard', async () => {
  const { workers, fit, begun } = setup(1);
  const flag = makeFlag();
  const kept = fit('a', flag);
  await begun('a');
  flag.say('stop');
  expect(await kept).toBe('best so far');
  const second = makeFlag();
  const gone = fit('b', second);
  await begun('b');
  second.say('discard');
  await expect(gone).rejects.toMatchObject({ code: 'stopped' });
  expect(workers[0].terminated).toBe(true);
});

it('relays a pause, and a wish from before the fit after the call that it is for', async () => {
  const { fit, begun } = setup(1);
  const flag = makeFlag();
  const paused = fit('a', flag);
  await begun('a');
  flag.say('pause');
  expect(await paused).toBe('paused here');
  const early = makeFlag();
  early.say('stop');
  expect(await fit('b', early)).toBe('best so far');
});
