// Joint columns: what shares one, what does not, and what happens when all rows hold more than the sample showed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureBins } from '../../../../../src/core/learners/trees/kernels.ts';
import { planColumns, sampleBins, splitColumns } from '../../../../../src/core/learners/trees/plan-columns.ts';
import { openToy, someValues } from './toy.ts';

const flags: FeatureBins = { kind: 'cuts', cuts: Float32Array.of(0.5) };
const plan = (data: Float32Array[], cuts: number[], leaves = 31): number[][] => {
  const bins = cuts.map((count): FeatureBins => ({ kind: 'cuts', cuts: Float32Array.from({ length: count }, (_, i) => i + 0.5) }));
  const counts = cuts.map((count) => count + 2);
  return planColumns(sampleBins(data, bins, counts), counts, data[0].length, leaves);
};
const oneHots = (rows: number, levels: number, seed: number): Float32Array[] => {
  const codes = someValues(rows, seed, (u) => Math.floor(u * levels));
  return Array.from({ length: levels }, (_, level) => codes.map((code) => Number(code === level)));
};

describe('planColumns', () => {
  it('puts the one-hot columns of two sources into one column', () => {
    const data = [...oneHots(30_000, 10, 1), ...oneHots(30_000, 12, 2)];
    expect(plan(data, data.map(() => 1))).toEqual([data.map((_, f) => f)]);
  });

  it('starts another column once combinations are too many, and leaves features of many bins alone', () => {
    const rows = 50_000;
    const data = [...Array.from({ length: 20 }, (_, f) => someValues(rows, f, (u) => Math.floor(u * 2))), someValues(rows, 77, (u) => u * 100)];
    const columns = plan(data, [...Array.from({ length: 20 }, () => 1), 99]);
    expect(columns).toEqual([[0, 1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12, 13], [14, 15, 16, 17, 18, 19], [20]]);
  });

  it('joins only what pays', () => {
    const data = oneHots(300, 10, 1);
    expect(plan(data, data.map(() => 1), 255).length).toBeGreaterThan(plan(data, data.map(() => 1), 7).length);
    expect(plan(data.map((column) => column.slice(0, 20)), data.map(() => 1))).toEqual(data.map((_, f) => [f]));
  });

  it('counts on combinations that the sample missed', () => {
    const rows = 400_000;
    const rare = someValues(rows, 5, (u) => (u < 0.99 ? 0 : Math.floor((u - 0.99) * 100 * 50)));
    const other = someValues(rows, 6, (u) => (u < 0.9 ? 0 : Math.floor((u - 0.9) * 10 * 50)));
    expect(plan([rare, other], [49, 49])).toEqual([[0], [1]]);
  });

  it('has each feature once, ascending, whatever the data; the session takes the columns', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 12 }), async (seed, features) => {
      const rows = 900;
      const cuts = Array.from({ length: features }, (_, f) => 1 + ((seed >> f) & 7));
      const data = cuts.map((count, f) => someValues(rows, seed + f, (u) => (u < 0.1 ? NaN : Math.floor(u * u * (count + 1)))));
      const columns = plan(data, cuts, 7);
      expect(columns.flat().sort((a, b) => a - b)).toEqual(cuts.map((_, f) => f));
      expect(columns.map(([first]) => first)).toEqual(columns.map(([first]) => first).sort((a, b) => a - b));
      const bins = cuts.map((count): FeatureBins => ({ kind: 'cuts', cuts: Float32Array.from({ length: count }, (_, i) => i + 0.5) }));
      const session = await openToy({ data, bins, target: new Float64Array(rows).map((_, i) => i), plan: { columns } });
      expect(session.crowded).toEqual([]);
    }), { numRuns: 20, seed: 1 });
  });
});

describe('splitColumns', () => {
  it('halves the crowded ones', () => {
    expect(splitColumns([[0, 2, 4], [1], [3, 5]], [0, 1])).toEqual([[0], [2, 4], [1], [3, 5]]);
    expect(splitColumns([[0, 2, 4], [1], [3, 5]], [])).toEqual([[0], [2, 4], [1], [3], [5]]);
  });
});

describe('sampleBins', () => {
  it('looks at evenly spaced rows of features of few bins', () => {
    const values = Float32Array.from({ length: 100_000 }, (_, i) => i % 2);
    const [few, many] = sampleBins([values, values], [flags, flags], [3, 65]);
    expect(few?.length).toBe(20_000);
    expect(many).toBeNull();
  });
});
