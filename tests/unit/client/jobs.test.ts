import { expect, it } from 'vitest';
import { makeJobs } from '../../../src/client/jobs.ts';

const setup = () => {
  const stops: unknown[][] = [];
  let n = 0;
  const jobs = makeJobs({ stop: async (...args) => void stops.push(args) }, () => `job${++n}`);
  return { jobs, stops };
};

it('lists a job with its progress while it runs, and no longer', async () => {
  const { jobs } = setup();
  const seen: (number | null | undefined)[] = [];
  jobs.onChange((running) => seen.push(running[0]?.progress?.done));
  const value = await jobs.start('import', async (id, report) => {
    report({ stage: 'read', done: 0.5, text: '' });
    return id;
  });
  expect(value).toBe('job1');
  expect(seen).toEqual([undefined, 0.5, undefined]);
});

it('forgets a job that failed and passes its error on', async () => {
  const { jobs } = setup();
  await expect(jobs.start('x', () => Promise.reject(new Error('boom')))).rejects.toThrow('boom');
  expect(jobs.running).toEqual([]);
});

it('stops with what there is and discards', async () => {
  const { jobs, stops } = setup();
  await jobs.stop('a');
  await jobs.discard('a', 'run');
  expect(stops).toEqual([['a', null, true], ['a', 'run', false]]);
});
