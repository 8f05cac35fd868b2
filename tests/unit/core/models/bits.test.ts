import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { bitsFor, BitReader, BitWriter } from '../../../../src/core/models/bits.ts';

test('as many bits as it takes to tell so many apart', () => {
  expect([0, 1, 2, 3, 4, 5, 256, 257, 2 ** 24].map(bitsFor)).toEqual([0, 0, 1, 2, 2, 3, 8, 9, 24]);
});

test('numbers of all widths come back, across byte borders', () => {
  const random = sequence(1, 'bits');
  const numbers = Array.from({ length: 2000 }, (_, i) => ({ bits: i % 25, value: i % 25 ? random.below(2 ** (i % 25)) : 0 }));
  const writer = new BitWriter();
  for (const { value, bits } of numbers) writer.write(value, bits);
  const bytes = writer.finish();
  expect(bytes.length).toBe(Math.ceil(numbers.reduce((sum, n) => sum + n.bits, 0) / 8));
  const reader = new BitReader(bytes);
  expect(numbers.map(({ bits }) => reader.read(bits))).toEqual(numbers.map((n) => n.value));
  expect(reader.isSpent()).toBe(true);
});

test('beyond the end is -1; spent is: no byte and no bit left over', () => {
  expect(new BitReader(new Uint8Array(0)).read(1)).toBe(-1);
  expect(new BitReader(new Uint8Array(0)).isSpent()).toBe(true);
  expect(new BitReader(new Uint8Array(1)).isSpent()).toBe(false);
  const reader = new BitReader(Uint8Array.of(0b101));
  expect(reader.read(2)).toBe(1);
  expect(reader.isSpent()).toBe(false);
  expect(reader.read(7)).toBe(-1);
  expect(reader.read(1)).toBe(1);
  expect(reader.isSpent()).toBe(true);
  expect(reader.read(5)).toBe(0);
  expect(reader.isSpent()).toBe(true);
});
