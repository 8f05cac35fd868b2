// The memory of a session: aligned, complete, known before it is asked for.
import { describe, expect, it } from 'vitest';
import type { TreePlan } from '../../../../../src/core/learners/trees/kernels.ts';
import { layoutArrays, layoutBytes, layoutTable } from '../../../../../src/core/learners/trees/layout.ts';

const feature = (bins: number) => ({ bins, nominal: false, monotone: 0 as const });
const plan: TreePlan = { rows: 101, validRows: 7, outputs: 3, leaves: 5, slots: 3, weighted: true, features: [feature(5), feature(3), feature(256)], columns: [[0, 1], [2]] };

describe('layout', () => {
  it('puts every array on a boundary of 16 bytes, one after another, within layoutBytes', () => {
    const bytes = layoutBytes(plan, 2);
    const arrays = layoutArrays(plan, 2, new ArrayBuffer(bytes + 64), 64);
    const spans = Object.values(arrays).map((a) => [a.byteOffset, a.byteOffset + a.byteLength]).sort(([a], [b]) => a - b);
    spans.forEach(([from, to], i) => {
      expect(from % 16).toBe(0);
      expect(to).toBeLessThanOrEqual(i + 1 < spans.length ? spans[i + 1][0] : bytes + 64);
    });
    expect(spans[0][0]).toBe(64);
    expect(layoutTable(plan, 2).reduce((sum, each) => sum + each.bytes, 0)).toBe(bytes);
  });

  it('has one byte a cell: a column for joint features, validation by feature', () => {
    const arrays = layoutArrays(plan, 1, null);
    expect(arrays.cells.length).toBe(101 * 2 + 16);
    expect(arrays.validBins.length).toBe(7 * 3 + 16);
    expect(Array.from(arrays.offsets)).toEqual([0, 5, 8, 264]);
    expect(Array.from(arrays.columnOffsets)).toEqual([0, 256, 512]);
    expect(arrays.histograms.length).toBe(2 * 264 * 3);
  });

  it('says too-large instead of dying', () => {
    expect(() => layoutArrays({ ...plan, rows: 2 ** 40 }, 1, null)).toThrowError(/trees need \d+ MiB/);
  });
});
