// Growth: shapes by order and depth, bounds that hold, groups on every path, slots that change nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growTree } from '../../../../../src/core/learners/trees/grow.ts';
import type { GrowRules, Tree } from '../../../../../src/core/learners/trees/grow.ts';
import { growRules, openToy, someValues } from './toy.ts';
import type { Toy } from './toy.ts';
import type { SearchRules } from '../../../../../src/core/learners/trees/kernels.ts';

const rows = 600;
const data = Array.from({ length: 5 }, (_, f) => someValues(rows, f + 1, (u) => (f === 3 && u < 0.2 ? NaN : f === 4 ? Math.floor(u * 12) : u)));
const target = Float64Array.from({ length: rows }, (_, i) => 5 * data[0][i] * data[1][i] + (data[2][i] > 0.7 ? 2 : 0) + (Number.isNaN(data[3][i]) ? 1 : 0) + Math.sin(7 * data[4][i]));
const toy: Toy = { data, target, plan: { leaves: 16, slots: 17 } };

async function grow(given: Toy, more: Partial<GrowRules> = {}, search: Partial<SearchRules> = {}): Promise<Tree> {
  const session = await openToy(given);
  return growTree(session, growRules(session, more, search));
}

/** The features on the path to each node, itself included. */
function paths(tree: Tree): number[][] {
  const out: number[][] = [];
  const walk = (node: number, above: number[]): void => {
    if (node < 0) return;
    out[node] = [...above, tree.nodes[node].feature];
    walk(tree.nodes[node].left, out[node]);
    walk(tree.nodes[node].right, out[node]);
  };
  if (tree.nodes.length > 0) walk(0, []);
  return out;
}

describe('growTree', () => {
  it('splits the leaf of greatest gain until the leaves run out', async () => {
    const tree = await grow(toy);
    expect(tree.nodes.length).toBe(15);
    expect(tree.leaves.reduce((sum, leaf) => sum + leaf.rows, 0)).toBe(rows);
    const seen = tree.nodes.flatMap(({ left, right }) => [left, right]);
    expect(seen.filter((id) => id >= 0).sort((a, b) => a - b)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    expect(seen.filter((id) => id < 0).map((id) => ~id).sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });

  it('gives the same tree with two slots as with plenty', async () => {
    for (const order of ['gain', 'depth'] as const) {
      const plenty = await grow(toy, { order });
      for (const slots of [2, 3, 5]) expect(await grow({ ...toy, plan: { leaves: 16, slots } }, { order })).toEqual(plenty);
    }
  });

  it('waits for a kernel that answers later', async () => {
    const session = await openToy(toy);
    const later = { ...session, expand: (...args: Parameters<typeof session.expand>) => Promise.resolve().then(() => session.expand(...args)) };
    expect(await growTree(later, growRules(session))).toEqual(await grow(toy));
  });

  it('grows thousands of leaves with few slots', async () => {
    const many = 4000;
    const values = someValues(many, 1, (u) => u);
    const wide = { data: [values, someValues(many, 2, (u) => u)], maxBins: 255, target: Float64Array.from(values, (v, i) => v + ((i * 7919) % 101)), plan: { leaves: 3000, slots: 20 } };
    const tree = await grow(wide, {}, { l2: 0 });
    expect(tree.leaves.length).toBeGreaterThan(1500);
    expect(tree.leaves.reduce((sum, leaf) => sum + leaf.rows, 0)).toBe(many);
    expect(await grow({ ...wide, plan: { leaves: 3000, slots: 3001 } }, {}, { l2: 0 })).toEqual(tree);
  });

  it('gives the same tree with joint columns', async () => {
    const whole = data.map((values) => values.map((v) => Math.floor(v * 3)));
    const apart = await grow({ ...toy, data: whole });
    const joint = await grow({ ...toy, data: whole, plan: { leaves: 16, slots: 17, columns: [[0, 1, 3], [2], [4]] } });
    expect(joint).toEqual(apart);
    expect(apart.nodes.length).toBeGreaterThan(5);
  });

  it('grows level by level when told, and never deeper than allowed', async () => {
    const tree = await grow(toy, { order: 'depth' });
    const depths = paths(tree).map((path) => path.length);
    expect(depths).toEqual([...depths].sort((a, b) => a - b));
    expect(paths(await grow(toy)).map((path) => path.length)).not.toEqual(depths);
    expect(Math.max(...tree.leaves.map((leaf) => leaf.depth))).toBeLessThanOrEqual(5);
    const shallow = await grow(toy, { depth: 2 });
    expect(shallow.leaves.length).toBe(4);
  });

  it('asks only features of groups that hold the whole path', async () => {
    const groups = [[0, 1], [1, 2], [3, 4]];
    const tree = await grow(toy, { groups });
    expect(tree.nodes.length).toBeGreaterThan(8);
    for (const path of paths(tree)) expect(groups.some((group) => path.every((f) => group.includes(f)))).toBe(true);
  });

  it('looks at a share of the columns in each node, by its key', async () => {
    const tree = await grow(toy, { nodeColumns: 0.2 });
    expect(new Set(tree.nodes.map((node) => node.feature)).size).toBeGreaterThan(2);
    expect(await grow(toy, { nodeColumns: 0.2 })).toEqual(tree);
    expect(await grow(toy, { nodeColumns: 0.2, key: 12 })).not.toEqual(tree);
    expect(await grow(toy, { nodeColumns: 0.2 , features: Int32Array.of(2) })).toEqual(await grow(toy, { features: Int32Array.of(2) }));
  });

  it('draws thresholds by key alone', async () => {
    const tree = await grow(toy, {}, { random: true });
    expect(await grow(toy, {}, { random: true })).toEqual(tree);
    expect(await grow(toy, { key: 99 }, { random: true })).not.toEqual(tree);
  });

  it('leaves a leaf that cannot split', async () => {
    expect((await grow(toy, {}, { minLeafRows: 301 })).nodes).toEqual([]);
    expect((await grow(toy, {}, { minLeafRows: 100 })).leaves.every((leaf) => leaf.rows >= 90)).toBe(true);
    expect((await grow(toy, { leaves: 1 })).leaves).toMatchObject([{ rows, depth: 0 }]);
    expect((await grow({ ...toy, target: new Float64Array(rows) })).nodes).toEqual([]);
  });

  it('holds monotone bounds: leaves reached by more of a feature are bounded above the others', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom<-1 | 1>(-1, 1), async (seed, monotone) => {
      const noisy = Float64Array.from({ length: rows }, (_, i) => Math.sin(9 * data[0][i]) + data[1][i] * data[2][i] + someValues(rows, seed, (u) => u)[i]);
      const tree = await grow({ ...toy, target: noisy, features: [{ monotone }, {}, { monotone }, {}, {}] });
      const under = (id: number): number[] => (id < 0 ? [~id] : [...under(tree.nodes[id].left), ...under(tree.nodes[id].right)]);
      for (const node of tree.nodes) {
        if (node.feature !== 0 && node.feature !== 2) continue;
        const [low, high] = monotone > 0 ? [node.left, node.right] : [node.right, node.left];
        for (const a of under(low)) for (const b of under(high)) expect(tree.leaves[a].high).toBeLessThanOrEqual(tree.leaves[b].low);
      }
    }), { numRuns: 10, seed: 2 });
  });

  it('counts a row of weight 2 as the row twice, within rounding', async () => {
    const twice = (values: Float32Array): Float32Array => Float32Array.from([...values, ...values.subarray(0, 200)]);
    const steps = Float64Array.from(target, (v) => Math.round(v));
    const once = await grow({ data, target: steps, weight: Float32Array.from({ length: rows }, (_, i) => (i < 200 ? 2 : 1)), plan: { leaves: 4 } });
    const both = await grow({ data: data.map(twice), target: Float64Array.from([...steps, ...steps.subarray(0, 200)]), plan: { leaves: 4 } });
    const shape = (tree: Tree): unknown => tree.nodes.map(({ feature, bin, missingLeft, left, right }) => [feature, bin, missingLeft, left, right]);
    expect(shape(once)).toEqual(shape(both));
    once.nodes.forEach((node, i) => expect(node.gain / both.nodes[i].gain).toBeCloseTo(1, 2));
  });
});
