import { expect, it } from 'vitest';
import { workContext, type StopFlag } from '../../../src/wire/breathe.ts';

it('lets a waiting message in before it answers, and only every 50 ms', async () => {
  const flag: StopFlag = { wish: 'go' };
  let now = 0;
  const context = workContext('j', flag, () => {}, () => now);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    flag.wish = 'stop';
    port1.close();
  };
  port2.postMessage(null);
  expect(await context.breathe()).toBe('go');
  now = 60;
  await context.breathe();
  now = 120;
  expect(await context.breathe()).toBe('stop');
});

it('throws stopped on discard', async () => {
  const context = workContext('j', { wish: 'discard' }, () => {});
  await expect(context.breathe()).rejects.toMatchObject({ code: 'stopped', details: { job: 'j' } });
});

it('thins reports, but lets stages through, and points in the end', () => {
  let now = 0;
  const seen: string[] = [];
  const points: number[] = [];
  const context = workContext('j', { wish: 'go' }, (p) => {
    seen.push(p.text);
    points.push(...(p.points ?? (p.point ? [p.point] : [])).map((point) => point.step));
  }, () => now);
  const say = (stage: string, text: string, step = 0) => context.report({ stage, done: null, text, ...(step ? { point: { step, train: 1, valid: null, rowsPerSecond: null } } : {}) });
  say('a', 'first');
  say('a', 'too soon');
  say('a', 'a point', 1);
  say('b', 'new stage');
  expect(points).toEqual([1]);
  say('b', 'more', 2);
  say('b', 'more', 3);
  now = 31;
  say('b', 'later', 4);
  expect(seen).toEqual(['first', 'new stage', 'later']);
  expect(points).toEqual([1, 2, 3, 4]);
});
