import { expect, test } from 'vitest';
import { makeFits, threadShare } from '../../../workers/engine/thread-share.ts';

test.each([
  ['alone on two processors', 2, 1, 1, 0, 2],
  ['alone on sixteen', 16, 4, 1, 0, 8],
  ['two in a pool of one seat take turns', 2, 1, 2, 0, 2],
  ['four at once on eight', 8, 4, 4, 0, 2],
  ['beside a net', 4, 3, 1, 1, 3],
  ['more fits than seats', 8, 4, 9, 1, 2],
  ['after another in the one seat there is', 2, 1, 1, 1, 2],
  ['never none', 1, 1, 3, 1, 1],
])('%s', (_, processors, seats, trees, others, threads) => {
  expect(threadShare(processors, seats, trees, others)).toBe(threads);
});

test('a fit gets what those leave that go on beside it', () => {
  const fits = makeFits(8, 4);
  const [a, b, net] = [fits.enter(true), fits.enter(true), fits.enter(false)];
  expect([net.begin(), a.begin()]).toEqual([1, 3]);
  a.end();
  net.end();
  expect(b.begin()).toBe(8);
  b.end();
  expect([b.begin(), fits.alone]).toEqual([8, 8]);
});
