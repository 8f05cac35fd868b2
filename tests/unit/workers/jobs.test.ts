import { expect, it } from 'vitest';
import { makeJobs } from '../../../workers/engine/jobs.ts';

it('tells a job and its runs what the person wants, later runs too', async () => {
  const jobs = makeJobs();
  const wishes = await jobs.during('j', async (job) => {
    const [a, b] = [job.run('a'), job.run('b')];
    jobs.stop('j', 'a', true);
    const first = [a.wish, b.wish];
    jobs.stop('j', null, false);
    return [...first, a.wish, b.wish, job.run('c').wish];
  });
  expect(wishes).toEqual(['stop', 'go', 'discard', 'discard', 'discard']);
});

it('refuses an id in use and frees it at the end', async () => {
  const jobs = makeJobs();
  await jobs.during('j', () => expect(jobs.during('j', async () => 1)).rejects.toMatchObject({ code: 'bad-param' }));
  expect(await jobs.during('j', async () => 1)).toBe(1);
});

it('never turns a discard back into a stop', async () => {
  const jobs = makeJobs();
  await jobs.during('j', async (job) => {
    jobs.stop('j', null, false);
    jobs.stop('j', null, true);
    expect(job.flag.wish).toBe('discard');
    await expect(job.context(() => {}).breathe()).rejects.toMatchObject({ code: 'stopped' });
  });
});

it('tells a run that begins later what was said to it, and a pause gives way to a stop', async () => {
  const jobs = makeJobs();
  await jobs.during('j', async (job) => {
    jobs.pause('j', 'later');
    expect(job.run('later').wish).toBe('pause');
    jobs.stop('j', 'later', true);
    jobs.pause('j', 'later');
    expect(job.run('later').wish).toBe('stop');
  });
});
