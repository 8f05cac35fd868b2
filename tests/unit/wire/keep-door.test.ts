import { expect, test } from 'vitest';
import type { KeptFit } from '../../../src/core/pipeline/kept-fit.ts';
import type { StopFlag } from '../../../src/wire/breathe.ts';
import { makeKeepDoor } from '../../../src/wire/keep-door.ts';

function open(makingMs = 0) {
  const flag: StopFlag = { wish: 'go' };
  const sent: [number, boolean][] = [];
  let time = 0;
  let arrive: () => void = () => {};
  const door = makeKeepDoor('j', flag, (kept, pausing) => {
    sent.push([kept.fitMs, pausing]);
    return new Promise((done) => (arrive = done));
  }, 10, () => time);
  const step = async (at: number) => {
    time = at;
    door.keep(at, () => {
      time += makingMs;
      return { fitMs: at } as KeptFit;
    });
    await new Promise((done) => setTimeout(done, 0));
  };
  return { flag, sent, door, step, arrive: async () => { arrive(); await new Promise((done) => setTimeout(done, 0)); } };
}

test('asks for a checkpoint when it is time, and never while one is on its way', async () => {
  const { sent, step, arrive } = open();
  for (const at of [1, 9, 10, 25]) await step(at);
  expect(sent).toEqual([[10, false]]);
  await arrive();
  await step(26);
  expect(sent).toEqual([[10, false], [26, false]]);
});

test('where making one takes long they come more seldom', async () => {
  const { sent, step, arrive } = open(2);
  await step(10);
  await arrive();
  for (const at of [30, 61]) await step(at);
  expect(sent.map(([at]) => at)).toEqual([10]);
  await step(62);
  expect(sent.map(([at]) => at)).toEqual([10, 62]);
});

test('a pause takes one at once and ends the fit; settled waits for its arrival', async () => {
  const { flag, sent, door, step, arrive } = open();
  await step(1);
  flag.wish = 'pause';
  await expect(step(2)).rejects.toMatchObject({ code: 'paused' });
  let isSettled = false;
  const settled = door.settled().then(() => (isSettled = true));
  await new Promise((done) => setTimeout(done, 0));
  expect([sent, isSettled]).toEqual([[[2, true]], false]);
  await arrive();
  expect(await settled).toBe(true);
});
