// Sums that no order of rows can change, and that are right to the last bits of the range.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafScale } from '../../../../../src/core/learners/trees/kernels.ts';
import { ROUNDER, sumByLeaf } from '../../../../../src/core/learners/trees/leaf-sums.ts';

const gradient = fc.float({ min: Math.fround(-1e6), max: Math.fround(1e6), noNaN: true });
const sums = (pairs: number[], leafOf: number[], leaves: number): Float64Array => {
  const most = [0, 1].map((k) => pairs.reduce((top, v, i) => (i % 2 === k ? Math.max(top, Math.abs(v)) : top), 0));
  const out = new Float64Array(2 * leaves + 2);
  sumByLeaf(Float32Array.from(pairs), 0, Uint16Array.from(leafOf), leafOf.length, leaves, most[0], most[1], out);
  return out;
};

describe('sumByLeaf', () => {
  it('gives the same bits in any order of rows', () => {
    fc.assert(fc.property(fc.array(fc.tuple(gradient, gradient, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 60 }), fc.infiniteStream(fc.nat()), (rows, keys) => {
      const ordered = rows.map((row) => ({ row, key: keys.next().value as number })).sort((a, b) => a.key - b.key).map(({ row }) => row);
      const of = (list: typeof rows): Float64Array => sums(list.flatMap(([g, h]) => [g, Math.abs(h)]), list.map(([, , leaf]) => leaf), 3);
      expect(of(ordered)).toEqual(of(rows));
    }), { seed: 1 });
  });

  it('is right, leaves out rows of no leaf, and knows nothing as nothing', () => {
    expect(Array.from(sums([0.1, 1, 0.2, 1, -0.3, 1, 5, 1], [0, 0, 1, 2], 2)).slice(0, 4).map((v) => Math.round(v * 1e6) / 1e6)).toEqual([0.3, 2, -0.3, 1]);
    expect(Array.from(sums([0, 0, 0, 0], [0, 1], 2))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Array.from(sums([1e-44, 1e-40], [0], 1)).slice(0, 2)).toEqual([Math.fround(1e-44), Math.fround(1e-40)]);
  });

  it('rounds to even below the scale, which keeps all sums in 51 bits', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5].map((v) => v + ROUNDER - ROUNDER)).toEqual([0, 2, 2, 0, -2]);
    fc.assert(fc.property(fc.float({ min: Math.fround(1e-30), max: Math.fround(1e30), noNaN: true }), fc.integer({ min: 1, max: 1e8 }), (most, rows) => {
      const scale = leafScale(most, rows);
      expect(Number.isInteger(Math.log2(scale))).toBe(true);
      expect(most * rows * scale).toBeGreaterThanOrEqual(2 ** 50);
      expect(most * rows * scale).toBeLessThan(2 ** 51);
    }));
  });
});
