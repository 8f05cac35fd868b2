import { expect, it } from 'vitest';
import { linkWorker } from '../../../src/client/worker-link.ts';
import { BarnacleError } from '../../../src/core/base/errors.ts';
import { asWorker, FakeWorker } from './fake-worker.ts';

type Api = { add(a: number, b: number): Promise<number>; count(on: (n: number) => void): Promise<void>; fail(): Promise<void>; never(): Promise<void> };
const spawned: FakeWorker[] = [];
const link = () =>
  linkWorker<Api>('test', () => {
    const fake = new FakeWorker({
      add: (a: number, b: number) => a + b,
      count: async (on: (n: number) => Promise<void>) => {
        for (let n = 1; n <= 3; n++) await on(n);
      },
      fail: () => Promise.reject(new BarnacleError('empty-file', 'file "x" is empty', { name: 'x' })),
      never: () => new Promise(() => {}),
    });
    spawned.push(fake);
    return asWorker(fake);
  });

it('calls, proxies callbacks and carries typed errors', async () => {
  const { api, end } = link();
  expect(await api.add(1, 2)).toBe(3);
  const seen: number[] = [];
  await api.count((n) => seen.push(n));
  expect(seen).toEqual([1, 2, 3]);
  await expect(api.fail()).rejects.toMatchObject({ code: 'empty-file', details: { name: 'x' } });
  end();
});

it('rejects what is pending when the worker dies, and serves the next call from a fresh one', async () => {
  const { api, onRestart, end } = link();
  const reasons: string[] = [];
  onRestart((error) => reasons.push(error.details.reason));
  const pending = api.never();
  const born = spawned.length;
  spawned.at(-1)!.die('out of memory');
  await expect(pending).rejects.toMatchObject({ code: 'worker-lost', details: { worker: 'test', reason: 'out of memory' } });
  expect(reasons).toEqual(['out of memory']);
  expect(spawned.length).toBe(born);
  expect(await api.add(2, 2)).toBe(4);
  expect(spawned.length).toBe(born + 1);
  end();
});

it('ends for good', async () => {
  const { api, end } = link();
  const pending = api.never();
  end();
  await expect(pending).rejects.toMatchObject({ code: 'worker-lost' });
  expect(spawned.at(-1)!.terminated).toBe(true);
});
