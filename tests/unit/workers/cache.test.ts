import { expect, it } from 'vitest';
import { makeCache } from '../../../workers/engine/cache.ts';

const settle = () => new Promise((later) => setTimeout(later, 0));

it('makes each value once, keeps the newest and lets the oldest go by weight', async () => {
  const cache = makeCache<number>(10, (value) => value);
  let made = 0;
  const get = (key: string, weight: number) => cache.get(key, async () => (made++, weight));
  await get('a', 4);
  await get('b', 4);
  await get('a', 4);
  expect(made).toBe(2);
  await get('c', 4);
  await settle();
  await get('a', 4);
  expect(made).toBe(3);
  await get('b', 4);
  expect(made).toBe(4);
});

it('forgets what failed', async () => {
  const cache = makeCache<number>(10, () => 1);
  await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await settle();
  expect(await cache.get('a', async () => 7)).toBe(7);
});
