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
