import { expect, test } from 'vitest';
import { mix32 } from '../../../../../src/core/base/random.ts';
import { makeRowSketch } from '../../../../../src/core/profile/stream/row-sketch.ts';

/** Row i of content `key(i)`, as 64-bit hashes. */
function feed(sketch: ReturnType<typeof makeRowSketch>, rows: number, key: (i: number) => number): void {
  const high = Uint32Array.from({ length: rows }, (_, i) => mix32(key(i) * 2 + 1));
  const low = Uint32Array.from({ length: rows }, (_, i) => mix32(mix32(key(i)) ^ 0x1234567));
  for (let at = 0; at < rows; at += 1000) sketch.add(high.subarray(at), low.subarray(at), Math.min(1000, rows - at));
}

test('exact while the different rows fit', () => {
  const sketch = makeRowSketch(1000);
  feed(sketch, 3000, (i) => i % 900);
  expect(sketch.finish()).toEqual({ duplicates: 2100, rows: 3000, estimate: 2100, isExact: true });
});

test('beyond that an estimate from rows chosen by content', () => {
  const sketch = makeRowSketch(4096);
  feed(sketch, 200_000, (i) => i % 150_000);
  const found = sketch.finish();
  expect(found.isExact).toBe(false);
  expect(found.rows).toBeLessThan(10_000);
  expect(Math.abs(found.estimate / 50_000 - 1)).toBeLessThan(0.1);
});

test('no repeats are none, however many rows', () => {
  const sketch = makeRowSketch(512);
  feed(sketch, 100_000, (i) => i);
  expect(sketch.finish()).toMatchObject({ duplicates: 0, estimate: 0, isExact: false });
});
