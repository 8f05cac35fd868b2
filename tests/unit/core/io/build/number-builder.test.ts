// Whole parts among single values: order, ranges and missing rows as if each value had been pushed.
import { expect, test } from 'vitest';
import { markBits } from '../../../../../src/core/io/build/growing.ts';
import { extendPart, finishNumbers, lastPart, makeArray, makeNumberBuilder, pushMissingNumbers, pushNumber, pushPart } from '../../../../../src/core/io/build/number-builder.ts';

test('parts and single values stand in the order they came in', () => {
  const b = makeNumberBuilder();
  pushNumber(b, 1);
  pushPart(b, Int16Array.of(300, 0, -7), { low: -7, high: 300, isInteger: true, isSingle: true });
  markBits(b.mask, 1, Uint8Array.of(0b010), 1);
  pushNumber(b, 5);
  pushMissingNumbers(b);
  const { values, missing } = finishNumbers(b);
  expect(values).toEqual(Int16Array.of(1, 300, 0, -7, 5, 0));
  expect([...missing!]).toEqual([0b100100]);
});

test('a part with a fraction makes the column a float', () => {
  const b = makeNumberBuilder();
  pushPart(b, Uint8Array.of(200), { low: 0, high: 200, isInteger: true, isSingle: true });
  pushPart(b, Float64Array.of(0.1), { low: 0, high: 0.1, isInteger: false, isSingle: false });
  expect(finishNumbers(b).values).toEqual(Float64Array.of(200, 0.1));
});

test('bits are put at any row, over the edge of a byte', () => {
  const mask = makeNumberBuilder().mask;
  markBits(mask, 13, Uint8Array.of(0b10000001, 0b1), 3);
  expect([...mask.bits.subarray(0, 4)]).toEqual([0, 0b00100000, 0b00110000, 0]);
  expect(mask.count).toBe(3);
});

test.each([[-128, 127, Int8Array], [0, 255, Uint8Array], [-1, 128, Int16Array], [0, 65535, Uint16Array], [0, 65536, Int32Array], [0, 4294967295, Uint32Array]])('integers from %i to %i', (low, high, type) => {
  expect(makeArray({ low, high, isInteger: true, isSingle: true }, 1)).toBeInstanceOf(type);
});

test('a longer part takes the place of the last one', () => {
  const b = makeNumberBuilder();
  const all = Int8Array.of(1, 2, 3);
  pushPart(b, all.subarray(0, 2), { low: 0, high: 2, isInteger: true, isSingle: true });
  extendPart(b, all, { low: 0, high: 3, isInteger: true, isSingle: true });
  expect(lastPart(b)).toBe(all);
  expect(finishNumbers(b).values).toEqual(all);
  pushNumber(b, 4);
  expect(lastPart(b)).toBeUndefined();
});
