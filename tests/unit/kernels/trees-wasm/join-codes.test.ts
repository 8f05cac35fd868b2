import { expect, test } from 'vitest';
import { joinCodes } from '../../../../src/kernels/trees-wasm/join-codes.ts';

const one = { bins: Uint8Array.of(1, 2, 3, 3), firstRows: Uint32Array.of(0, 9) };
const two = { bins: Uint8Array.of(3, 3, 0, 1), firstRows: Uint32Array.of(4, 5) };

test('codes are numbered by the first row of a combination, whoever met it', () => {
  const joined = joinCodes([one, two], 2, 256);
  expect(joined?.count).toBe(3);
  expect([...(joined?.bins ?? [])]).toEqual([1, 2, 3, 3, 0, 1]);
  expect(joined?.codeOf.map((codes) => [...codes])).toEqual([[0, 1], [1, 2]]);
});

test('more combinations than fit are refused', () => {
  expect(joinCodes([one, two], 2, 2)).toBeNull();
});
