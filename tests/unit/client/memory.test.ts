import { expect, test } from 'vitest';
import { makeMemoryMeter } from '../../../src/client/memory.ts';

const turn = () => new Promise((later) => setTimeout(later));

test('the first report has the engine\'s count; the browser\'s comes when it is there', async () => {
  const meter = makeMemoryMeter(async () => 100, async () => 180, () => 0);
  expect(await meter()).toEqual({ data: 100, page: null });
  await turn();
  expect(await meter()).toEqual({ data: 100, page: 180 });
});

test('between two measures the count tells the change; after a while it is measured again', async () => {
  let [held, page, clock, asked] = [100, 180, 0, 0];
  const meter = makeMemoryMeter(async () => held, async () => (asked++, page), () => clock);
  await meter();
  await turn();
  held = 400;
  expect(await meter()).toEqual({ data: 400, page: 480 });
  held = 10;
  expect((await meter()).page).toBe(90);
  [page, clock] = [77, 30_000];
  await meter();
  await turn();
  expect(await meter()).toEqual({ data: 10, page: 77 });
  expect(asked).toBe(2);
});

test('a measure during which much changed is left out', async () => {
  let held = 100;
  const meter = makeMemoryMeter(async () => held, async () => ((held = 900), 950), () => 0);
  await meter();
  await turn();
  expect((await meter()).page).toBeNull();
  await turn();
  expect(await meter()).toEqual({ data: 900, page: 950 });
});

test('where nothing is measured there is only the count', async () => {
  const meter = makeMemoryMeter(async () => 5, async () => null, () => 0);
  await meter();
  await turn();
  expect(await meter()).toEqual({ data: 5, page: null });
  const broken = makeMemoryMeter(async () => 5, async () => Promise.reject(new Error('no')), () => 0);
  await broken();
  await turn();
  expect(await broken()).toEqual({ data: 5, page: null });
});
