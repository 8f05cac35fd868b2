// Whole trees over random data of every kind of feature: what growth believes is what the rows do, however columns are joined.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { growTree } from '../../../../../src/core/learners/trees/grow.ts';
import type { Tree } from '../../../../../src/core/learners/trees/grow.ts';
import type { FeatureBins, TreeSession } from '../../../../../src/core/learners/trees/kernels.ts';
import { planColumns, sampleBins } from '../../../../../src/core/learners/trees/plan-columns.ts';
import { growRules, openToy, someValues } from './toy.ts';

const rows = 500;
const options = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  leaves: fc.integer({ min: 2, max: 20 }),
  slots: fc.integer({ min: 2, max: 6 }),
  order: fc.constantFrom<'gain' | 'depth'>('gain', 'depth'),
  random: fc.boolean(),
  monotone: fc.constantFrom<-1 | 0 | 1>(-1, 0, 1),
  l1: fc.constantFrom(0, 0.5),
  nodeColumns: fc.constantFrom(0.5, 1),
  minLeafRows: fc.constantFrom(1, 15),
});
type Options = typeof options extends fc.Arbitrary<infer T> ? T : never;

function dataOf(seed: number): { data: Float32Array[]; bins: FeatureBins[]; target: Float64Array } {
  const pick = (u: number, kinds: number): number => (u < 0.08 ? NaN : Math.floor(u * kinds));
  const kinds = [40, 2, 3, 6, 2, 12];
  const data = kinds.map((count, f) => someValues(rows, seed + f, (u) => pick(u, count)));
  const cuts = (count: number): FeatureBins => ({ kind: 'cuts', cuts: Float32Array.from({ length: count - 1 }, (_, i) => i + 0.5) });
  const bins: FeatureBins[] = kinds.map((count, f) => (f === 3 || f === 5 ? { kind: 'levels', bins: Uint8Array.from({ length: count }, (_, code) => (code === 4 ? 0 : code < 4 ? code + 1 : code)) } : cuts(count)));
  const noise = someValues(rows, seed + 99, (u) => u);
  const target = Float64Array.from({ length: rows }, (_, i) => (data[0][i] || 0) / 20 + (data[1][i] === 1 ? noise[i] : 0) + ([1, 3].includes(data[3][i]) ? 1 : 0) + [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8][data[5][i] || 0] / 4);
  return { data, bins, target };
}

async function grow(o: Options, joint: boolean): Promise<{ tree: Tree; session: TreeSession }> {
  const { data, bins, target } = dataOf(o.seed);
  const counts = bins.map((each) => (each.kind === 'cuts' ? each.cuts.length + 2 : Math.max(...each.bins) + 1));
  const columns = joint ? planColumns(sampleBins(data, bins, counts), counts, rows, 2) : data.map((_, f) => [f]);
  if (joint) expect(columns.length).toBeLessThan(5);
  const session = await openToy({ data, bins, target, features: [{ monotone: o.monotone }, { monotone: o.monotone }], plan: { leaves: o.leaves, slots: joint ? o.slots : o.leaves + 1, columns } });
  const { l1, minLeafRows, random } = o;
  const tree = await growTree(session, growRules(session, { order: o.order, nodeColumns: o.nodeColumns, key: o.seed }, { l1, minLeafRows, random, smooth: 1, nominalL2: 1 }));
  session.sumLeaves(0, tree.leaves.length);
  return { tree, session };
}

it('grows the same tree with joint columns and few slots as apart with plenty', async () => {
  await fc.assert(fc.asyncProperty(options, async (o) => {
    const apart = await grow(o, false);
    const joint = await grow(o, true);
    expect(joint.tree).toEqual(apart.tree);
    expect(joint.session.arrays.leafOf).toEqual(apart.session.arrays.leafOf);
    expect(joint.session.arrays.leafSums).toEqual(apart.session.arrays.leafSums);
  }), { numRuns: 60, seed: 6 });
});

it('puts each row where its bins lead it, and knows how many rows each leaf has', async () => {
  await fc.assert(fc.asyncProperty(options, async (o) => {
    const { tree, session } = await grow(o, true);
    session.arrays.scores.fill(0);
    session.addTree(0, 0, tree.nodes, Float64Array.from(tree.leaves, (_, leaf) => leaf), false);
    expect(Uint16Array.from(session.arrays.scores)).toEqual(session.arrays.leafOf);
    const counts = tree.leaves.map((_, leaf) => session.arrays.leafOf.filter((at) => at === leaf).length);
    expect(tree.leaves.map((leaf) => leaf.rows)).toEqual(counts);
    if (tree.nodes.length > 0) expect(Math.min(...counts)).toBeGreaterThanOrEqual(o.minLeafRows);
  }), { numRuns: 60, seed: 7 });
});
