// Cuts: few values apart, many by equal weight, heavy values and zero alone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCuts } from '../../../../../src/core/learners/trees/find-cuts.ts';
import { binOf } from '../../../../../src/core/learners/trees/fill-bins.ts';
import { sortFloats } from '../../../../../src/core/learners/trees/sort-floats.ts';
import { someValues } from './toy.ts';

const cut = (values: ArrayLike<number>, maxBins: number, weight: Float32Array | null = null): number[] => Array.from(findCuts(Float32Array.from(values), weight, maxBins, 1, 0));
const countsBy = (values: Float32Array, cuts: Float32Array): number[] => {
  const counts = new Array<number>(cuts.length + 2).fill(0);
  for (const value of values) counts[binOf(value, { kind: 'cuts', cuts })]++;
  return counts;
};

describe('findCuts', () => {
  it('parts few values half-way, zero between the signs', () => {
    expect(cut([3, 1, NaN, 2, 2], 255)).toEqual([1.5, 2.5]);
    expect(cut([-1, 1, 3], 255)).toEqual([0, 2]);
    expect(cut([-1, -0, 0, 1], 255)).toEqual([-0.5, 0.5]);
    expect(cut([4, 4, NaN], 255)).toEqual([]);
    expect(cut([], 255)).toEqual([]);
  });

  it('fills bins evenly', () => {
    const values = someValues(100_000, 3, (u) => u * u + 1);
    const cuts = findCuts(values, null, 255, 1, 0);
    expect(cuts.length).toBe(254);
    const counts = countsBy(values, cuts).slice(1);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(40);
  });

  it('gives zero its own bin when it occurs, and an edge when it does not', () => {
    const values = someValues(5000, 4, (u, i) => (i % 3 === 0 ? 0 : u * 3 - 1));
    for (const maxBins of [3, 10, 255]) {
      const cuts = findCuts(values, null, maxBins, 1, 0);
      expect(cuts.length).toBeLessThanOrEqual(maxBins - 1);
      const at = binOf(0, { kind: 'cuts', cuts });
      expect(values.filter((v) => binOf(v, { kind: 'cuts', cuts }) === at).every((v) => v === 0)).toBe(true);
    }
    const gap = findCuts(values.map((v) => v || 0.01), null, 16, 1, 0);
    expect(Array.from(gap)).toContain(0);
    expect(cut([-2, -1, 0, 1, 2], 2).length).toBe(1);
    expect(findCuts(values.map((v) => Math.abs(v)), null, 4, 1, 0)[0]).toBeLessThan(0.01);
    expect(findCuts(values.map((v) => -Math.abs(v)), null, 4, 1, 0)[2]).toBeGreaterThan(-0.01);
  });

  it('gives a heavy value its own bin, but for what would fill less than half a bin before it', () => {
    const values = someValues(9000, 5, (u, i) => (i % 2 ? 3 : 1 + 4 * u));
    const cuts = findCuts(values, null, 8, 1, 0);
    const at = binOf(3, { kind: 'cuts', cuts });
    const others = values.filter((v) => v !== 3 && binOf(v, { kind: 'cuts', cuts }) === at);
    expect(others.length).toBeLessThan(4500 / 7 / 2);
    expect(others.every((v) => v < 3)).toBe(true);
    expect(cuts.length).toBe(7);
    expect(cut([1, 1, 1, 2, 5, 5, 5, 5, 5, 5, 5, 5, 6, 7, 8, 9], 4)).toEqual([1.5, 5.5, 8.5]);
  });

  it('counts weight 2 as the row twice, and no weight as no row', () => {
    const values = someValues(3000, 6, (u) => u * 5 - 1);
    const weight = Float32Array.from(values, (_, i) => i % 3);
    const expected = cut([...values].flatMap((v, i) => Array<number>(i % 3).fill(v)), 20);
    expect(cut(values, 20, weight)).toEqual(expected);
    expect(cut(values, 20, weight)).not.toEqual(cut(values, 20));
    expect(cut([1, 2, 3], 9, Float32Array.of(1, 0, 1))).toEqual([2]);
  });

  it('draws the same sample of many rows for a seed and feature', () => {
    const values = someValues(400_000, 7, (u) => u);
    const of = (seed: number, feature: number): Float32Array => findCuts(values, null, 32, seed, feature);
    expect(of(1, 2)).toEqual(of(1, 2));
    expect(of(1, 3)).not.toEqual(of(1, 2));
    expect(of(2, 2)).not.toEqual(of(1, 2));
    of(1, 2).forEach((c, i) => expect(c).toBeCloseTo((i + 1) / 32, 2));
  });

  it('ascends, stays within its bins and leaves no bin empty, whatever the values', () => {
    const value = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, NaN));
    fc.assert(fc.property(fc.array(value, { maxLength: 80 }), fc.integer({ min: 2, max: 12 }), (values, maxBins) => {
      const given = Float32Array.from(values);
      const cuts = findCuts(given, null, maxBins, 1, 0);
      expect(cuts.length).toBeLessThan(maxBins);
      cuts.forEach((c, i) => expect(i === 0 || cuts[i - 1] < c).toBe(true));
      const present = given.filter((v) => v === v);
      const distinct = new Set(present).size;
      if (distinct <= maxBins) expect(cuts.length).toBe(Math.max(0, distinct - 1));
      if (present.length > 0) expect(countsBy(present, cuts).slice(1).every((count) => count > 0)).toBe(true);
    }), { numRuns: 500, seed: 3 });
  });
});

describe('sortFloats', () => {
  it('sorts as the language does and carries weights along, stably', () => {
    const values = someValues(5000, 8, (u) => Math.floor(u * 50) - 25);
    const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
    const places = Float32Array.from(values, (_, i) => i);
    const sorted = sortFloats(values.slice(), places);
    expect(sorted).toEqual(values.slice().sort());
    expect(Array.from(places)).toEqual(order);
  });
});
