import { expect, test } from 'vitest';
import { randomBits } from '../../../../../src/core/base/random.ts';
import { sortFloats } from '../../../../../src/core/learners/gbt/sort-floats.ts';

test('agrees with the native sort bit for bit, zeros of both signs and infinities included', () => {
  const bits = Uint32Array.from({ length: 5000 }, (_, i) => randomBits(1, 1, i));
  const values = new Float32Array(bits.buffer).filter((v) => v === v);
  values.set([0, -0, Infinity, -Infinity, 0, -0, 1, 1], 100);
  const expected = values.slice().sort();
  expect(new Uint32Array(sortFloats(values).buffer)).toEqual(new Uint32Array(expected.buffer));
});

test('sorts a view without touching its neighbours', () => {
  const all = Float32Array.from({ length: 2002 }, (_, i) => -i);
  sortFloats(all.subarray(1, 2001));
  expect([all[0], all[1], all[2000], all[2001]]).toEqual([-0, -2000, -1, -2001]);
});
