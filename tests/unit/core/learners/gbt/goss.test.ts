import { expect, test } from 'vitest';
import { randomUnit } from '../../../../../src/core/base/random.ts';
import { sampleByGradient } from '../../../../../src/core/learners/gbt/goss.ts';

const arraysOf = (gradients: number[][], outputs = 1) => {
  const rows = gradients.length / outputs;
  return { arrays: { gradients: Float32Array.from(gradients.flat()), ranges: new Float32Array(2 * outputs) }, plan: { rows, outputs } };
};

test('the largest gradients are all there, ties by row; the rest is a share of the others, amplified', () => {
  const sizes = [3, -1, 0.5, -3, 1, 0, 2, 1, 0.25, -1];
  const { arrays, plan } = arraysOf(sizes.map((g) => [g, 1]));
  const rows = sampleByGradient(arrays, plan, { topRate: 0.4, otherRate: 0.3 }, 1, 0);
  expect(rows).toHaveLength(7);
  expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
  for (const row of [0, 1, 3, 6]) {
    expect(rows).toContain(row);
    expect(arrays.gradients[2 * row]).toBe(sizes[row]);
  }
  for (const row of rows) {
    if ([0, 1, 3, 6].includes(row)) continue;
    expect(arrays.gradients[2 * row]).toBe(2 * sizes[row]);
    expect(arrays.gradients[2 * row + 1]).toBe(2);
  }
  expect([...arrays.ranges]).toEqual([3, 2]);
});

test('sizes are summed over outputs, and both outputs are amplified', () => {
  const { arrays, plan } = arraysOf([[1, 1], [0, 1], [2, 1], [0, 1], [0, 1], [5, 1], [0, 1], [0, 1]], 2);
  const rows = sampleByGradient(arrays, plan, { topRate: 0.5, otherRate: 0.25 }, 3, 1);
  expect(rows).toContain(1);
  expect(rows).toContain(2);
  expect(rows).toHaveLength(3);
  const other = [...rows].find((row) => row === 0 || row === 3) as number;
  expect([arrays.gradients[2 * other + 1], arrays.gradients[2 * (4 + other) + 1]]).toEqual([2, 2]);
});

test('the selection is exact on many rows, and sums stay near those of all rows', () => {
  const n = 5000;
  const gradients = Array.from({ length: n }, (_, i) => Math.fround((randomUnit(1, 1, i) - 0.5) ** 3));
  const { arrays, plan } = arraysOf(gradients.map((g) => [g, 1]));
  const rows = sampleByGradient(arrays, plan, { topRate: 0.2, otherRate: 0.1 }, 1, 7);
  expect(rows).toHaveLength(1500);
  const bound = gradients.map(Math.abs).sort((a, b) => b - a)[999];
  const taken = new Set(rows);
  gradients.forEach((g, i) => Math.abs(g) > bound && expect(taken.has(i)).toBe(true));
  const hessian = rows.reduce((sum, row) => sum + arrays.gradients[2 * row + 1], 0);
  expect(hessian).toBeCloseTo(n, 3);
});

test('all rates, no others, all alike', () => {
  const all = arraysOf([[1, 1], [2, 1], [0, 1]]);
  expect([...sampleByGradient(all.arrays, all.plan, { topRate: 1, otherRate: 0.5 }, 1, 0)]).toEqual([0, 1, 2]);
  const few = arraysOf([[1, 1], [1, 1], [1, 1], [1, 1]]);
  expect([...sampleByGradient(few.arrays, few.plan, { topRate: 0.5, otherRate: 0 }, 1, 0)]).toEqual([0, 1]);
});
