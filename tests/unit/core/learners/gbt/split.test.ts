import { expect, test } from 'vitest';
import { findSplit } from '../../../../../src/core/learners/gbt/split.ts';

const rules = { l2: 0, minGain: 0, minLeafRows: 1 };
const units = { gradient: 1, hessian: 1 };
/** One feature from pairs (hessian, gradient), bin 0 first. */
function split(pairs: [number, number][][], extra: Partial<typeof rules> = {}) {
  const bins = Int32Array.from(pairs, (p) => p.length);
  const offsets = new Int32Array(pairs.length + 1);
  pairs.forEach((p, f) => { offsets[f + 1] = offsets[f] + p.length; });
  const hessian = pairs[0].reduce((sum, p) => sum + p[0], 0);
  const gradient = pairs[0].reduce((sum, p) => sum + p[1], 0);
  const plan = { rows: hessian, validRows: 0, bins, outputs: 1, leaves: 2, weighted: false };
  return findSplit(Int32Array.from(pairs.flat(2)), 0, plan, offsets, Int32Array.from(pairs, (_, f) => f), { gradient, hessian, rows: hessian }, units, { ...rules, ...extra });
}

test('the gain is GL2/HL + GR2/HR - G2/H at the best cut', () => {
  expect(split([[[0, 0], [2, -4], [1, -2], [3, 6]]])).toMatchObject({ feature: 0, bin: 2, gradient: -6, hessian: 3, gain: 36 / 3 + 36 / 3 - 0 });
});

test('missing rows take the side that gains more', () => {
  expect(split([[[2, -6], [2, -4], [2, 10]]])).toMatchObject({ bin: 1, missingLeft: true, gradient: -10 });
  expect(split([[[2, 6], [2, -10], [2, 4]]])).toMatchObject({ bin: 1, missingLeft: false, gradient: -10 });
});

test('missing may be split from all values', () => {
  expect(split([[[2, 6], [2, -3], [2, -3]]])).toMatchObject({ bin: 2, missingLeft: false, gradient: -6 });
});

test('ties go to the lowest feature, then the lowest bin', () => {
  const same: [number, number][] = [[0, 0], [2, -2], [0, 0], [2, 2]];
  expect(split([same, same])).toMatchObject({ feature: 0, bin: 1 });
});

test('least rows and least gain are kept', () => {
  const pairs: [number, number][][] = [[[0, 0], [1, -5], [3, 1], [4, 4]]];
  expect(split(pairs)).toMatchObject({ bin: 1 });
  expect(split(pairs, { minLeafRows: 4 })).toMatchObject({ bin: 2, hessian: 4 });
  expect(split(pairs, { minLeafRows: 5 })).toBeNull();
  expect(split(pairs, { minGain: 1000 })).toBeNull();
});
