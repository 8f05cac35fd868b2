import { expect, test } from 'vitest';
import { countBits, getBit, makeBits, setBit } from '../../../../src/core/base/bits.ts';

test('set and get, least significant first', () => {
  const bits = makeBits(10);
  setBit(bits, 0);
  setBit(bits, 9);
  expect([...bits]).toEqual([1, 2]);
  expect(Array.from({ length: 10 }, (_, i) => getBit(bits, i))).toEqual([true, false, false, false, false, false, false, false, false, true]);
});

test('counts only the first n', () => {
  expect(countBits(Uint8Array.of(255, 255), 11)).toBe(11);
  expect(countBits(Uint8Array.of(0b10101010, 0b1), 8)).toBe(4);
  expect([countBits(null, 5), countBits(makeBits(0), 0)]).toEqual([0, 0]);
  for (let b = 0; b < 256; b++) expect(countBits(Uint8Array.of(b), 8)).toBe([...b.toString(2)].filter((d) => d === '1').length);
});
