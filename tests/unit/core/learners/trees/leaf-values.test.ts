// Values of leaves: the shrunken step, and the order that monotone signs ask, in the single-precision values of whole trees.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growTree } from '../../../../../src/core/learners/trees/grow.ts';
import type { TreeLeaf } from '../../../../../src/core/learners/trees/grow.ts';
import { boundStep, leafStep } from '../../../../../src/core/learners/trees/leaf-values.ts';
import { routesLeft } from '../../../../../src/core/learners/trees/reference.ts';
import { growRules, openToy, someValues } from './toy.ts';

const leaf = (low: number, high: number) => ({ rows: 1, depth: 0, low, high });
const rows = 400;
/** As boosting puts them together. */
const leafValues = (sums: Float64Array, leaves: readonly TreeLeaf[], { l1, l2, rate }: { l1: number; l2: number; rate: number }): Float32Array =>
  Float32Array.from(leaves, (of, i) => rate * boundStep(leafStep(sums[2 * i], sums[2 * i + 1], l1, l2), of));

describe('leafValues', () => {
  it('shrinks by L1 and L2, keeps to bounds, and is 0 without evidence', () => {
    const sums = Float64Array.of(4, 2, -4, 2, 0.5, 2, 3, 0, 4, 2, 4, 2);
    const free = leaf(-Infinity, Infinity);
    const leaves = [free, free, free, free, leaf(-0.5, 1), leaf(-9, -2)];
    expect(Array.from(leafValues(sums, leaves, { l1: 1, l2: 1, rate: 0.5 }))).toEqual([-0.5, 0.5, 0, -1, -0.25, -1]);
    expect(Array.from(leafValues(sums, leaves, { l1: 0, l2: 0, rate: 1 })).slice(0, 4)).toEqual([-2, 2, -0.25, 0]);
  });

  it('gives monotone predictions in single precision over boosted trees', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom<-1 | 1>(-1, 1), fc.constantFrom(0, 0.3), async (seed, monotone, l1) => {
      const data = [1, 2, 3].map((f) => someValues(rows, seed + f, (u) => (f === 1 && u < 0.1 ? NaN : u)));
      const target = Float64Array.from({ length: rows }, (_, i) => Math.sin(8 * (data[0][i] || 0)) + data[1][i] * data[2][i] * 3);
      const session = await openToy({ data, target, features: [{ monotone }, {}, { monotone }] });
      const predict = new Float64Array(17 * 17 * 17);
      for (let round = 0; round < 6; round++) {
        session.gradients('squared');
        const tree = await growTree(session, growRules(session, { key: round }, { l1 }));
        session.sumLeaves(0, tree.leaves.length);
        const values = leafValues(session.arrays.leafSums, tree.leaves, { l1, l2: 1, rate: 0.3 });
        session.addLeaves(0, Float64Array.from(values));
        for (let cell = 0; cell < predict.length; cell++) {
          const at = [cell % 17, Math.floor(cell / 17) % 17, Math.floor(cell / 289)];
          let node = tree.nodes.length > 0 ? 0 : ~0;
          while (node >= 0) node = routesLeft(tree.nodes[node], at[tree.nodes[node].feature]) ? tree.nodes[node].left : tree.nodes[node].right;
          predict[cell] += values[~node];
        }
      }
      expect(new Set(predict).size).toBeGreaterThan(20);
      for (const step of [1, 289]) {
        for (let cell = 0; cell < predict.length; cell++) {
          const bin = step === 1 ? cell % 17 : Math.floor(cell / 289);
          if (bin > 0 && bin < 16) expect(monotone * (predict[cell + step] - predict[cell]) >= 0).toBe(true);
        }
      }
    }), { numRuns: 8, seed: 5 });
  });
});
