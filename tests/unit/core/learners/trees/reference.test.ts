// The stages of the reference session, each against plain arithmetic.
import { describe, expect, it } from 'vitest';
import { mix32 } from '../../../../../src/core/base/random.ts';
import type { FeatureBins, Split } from '../../../../../src/core/learners/trees/kernels.ts';
import { openToy, selectAll, someValues } from './toy.ts';

const rows = 300;
const data = [someValues(rows, 1, (u) => (u < 0.1 ? NaN : u * 10 - 5)), someValues(rows, 2, (u) => Math.floor(u * 3)), someValues(rows, 3, (u) => Math.floor(u * 4) - 1)];
const target = Float64Array.from({ length: rows }, (_, i) => (data[1][i] === 2 ? 4 : 0) + (data[0][i] > 0 ? 1 : 0) + (i % 5) / 10);
const split = (feature: number, bin: number, missingLeft = false): Split => ({ feature, bin, set: null, missingLeft, gain: 0, gradient: 0, hessian: 0 });

describe('the reference session', () => {
  it('quantises by the rule and totals what it quantised', async () => {
    const session = await openToy({ data, target });
    const { search } = selectAll(session);
    let gradient = 0;
    for (let row = 0; row < rows; row++) gradient += Math.floor(session.arrays.gradients[2 * row] / search.units.gradient + (mix32(7 ^ row) >>> 16) / 65536);
    expect(session.total()).toEqual({ gradient, hessian: rows * 32767 });
  });

  it('partitions stably and sums each leaf; parent minus child is the sibling', async () => {
    const session = await openToy({ data, target });
    const { search } = selectAll(session);
    session.expand({ leaf: 0, slot: 0, parent: -1, searches: [] }, search);
    const all = session.histogramOf(0);
    const stay = session.partition(0, 1, split(1, 1));
    expect(stay).toBe(data[1].filter((v) => v <= 0).length);
    session.expand({ leaf: 1, slot: 1, parent: 0, searches: [] }, search);
    session.expand({ leaf: 0, slot: 2, parent: -1, searches: [] }, search);
    expect(session.histogramOf(0)).toEqual(session.histogramOf(2));
    expect(session.histogramOf(1)).toEqual(all.map((word, i) => word - session.histogramOf(2)[i]));
  });

  it('decodes joint columns to the same histograms, partitions and scores', async () => {
    const apart = await openToy({ data, target });
    const joint = await openToy({ data, target, plan: { columns: [[0], [1, 2]] } });
    for (const session of [apart, joint]) {
      const { search } = selectAll(session);
      session.partition(0, 1, split(2, 2));
      session.expand({ leaf: 1, slot: 0, parent: -1, searches: [] }, search);
      session.sumLeaves(0, 2);
      session.addTree(0, 0, [{ ...split(1, 2), left: ~0, right: 1 }, { ...split(2, 1), left: ~1, right: ~2 }], Float64Array.of(1, 2, 3), false);
    }
    expect(joint.histogramOf(0)).toEqual(apart.histogramOf(0));
    expect(joint.arrays.leafOf).toEqual(apart.arrays.leafOf);
    expect(joint.arrays.scores).toEqual(apart.arrays.scores);
  });

  it('says which joint columns meet more than 256 combinations', async () => {
    const wide = [0, 1].map((seed) => someValues(2000, seed, (u) => Math.floor(u * 40)));
    const session = await openToy({ data: [wide[0], wide[1], wide[1]], target: new Float64Array(2000).map((_, i) => i), maxBins: 64, plan: { columns: [[0, 1], [2]] } });
    expect(session.crowded).toEqual([0]);
    expect(session.bin(0, [wide[0], wide[0], wide[1]], wide.concat(wide[1]).map((): FeatureBins => ({ kind: 'cuts', cuts: Float32Array.from({ length: 39 }, (_, i) => i) })))).toBe(true);
    expect(session.crowded).toEqual([]);
  });

  it('bins cuts and levels: missing, unseen and rare are bin 0', async () => {
    const bins: FeatureBins[] = [{ kind: 'levels', bins: Uint8Array.of(2, 0, 1) }, { kind: 'cuts', cuts: Float32Array.of(0, 1) }];
    const session = await openToy({ data: [Float32Array.of(0, 1, 2, 3, NaN), Float32Array.of(-1, 0, 0.5, 1, 2)], bins, target: Float64Array.of(1, 2, 3, 4, 5) });
    const { search } = selectAll(session);
    session.expand({ leaf: 0, slot: 0, parent: -1, searches: [] }, search);
    const counts = Array.from({ length: 7 }, (_, b) => Math.round(session.histogramOf(0)[2 * b] / 32767));
    expect(counts).toEqual([3, 1, 1, 0, 2, 2, 1]);
  });

  it('sums leaves exactly and marks rows that grow no tree', async () => {
    const session = await openToy({ data, target });
    selectAll(session, {}, Int32Array.from({ length: 100 }, (_, i) => 3 * i));
    session.partition(0, 1, split(1, 1));
    session.sumLeaves(0, 2);
    const { leafOf, leafSums, gradients } = session.arrays;
    const expected = [0, 0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const leaf = row % 3 ? 8 : data[1][row] <= 0 ? 0 : 1;
      expect(leafOf[row]).toBe(leaf);
      if (leaf < 2) expected[2 * leaf] += gradients[2 * row];
      if (leaf < 2) expected[2 * leaf + 1] += 1;
    }
    expected.forEach((sum, i) => expect(leafSums[i]).toBeCloseTo(sum, 9));
  });

  it('adds leaves, and trees only outside when told', async () => {
    const session = await openToy({ data, target });
    selectAll(session, {}, Int32Array.of(0, 1, 2));
    session.sumLeaves(0, 1);
    session.addTree(0, 0, [], Float64Array.of(5), true);
    expect(Array.from(session.arrays.scores.subarray(0, 5))).toEqual([0, 0, 0, 5, 5]);
    selectAll(session);
    session.sumLeaves(0, 1);
    session.addLeaves(0, Float64Array.of(2));
    expect(Array.from(session.arrays.scores.subarray(0, 5))).toEqual([2, 2, 2, 7, 7]);
  });
});
