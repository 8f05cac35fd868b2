// One tree against LightGBM 4.7 on the same 400 rows and rules (its nodes are written down below): same features, thresholds,
// sets, sides for missing values and, to the rounding of quantised gradients, the same gains.
// There: objective regression, learning_rate 1, num_leaves 8, min_data_in_leaf 10, lambda_l2 1, boost_from_average false,
// min_data_in_bin 1, enable_bundle false, cat_smooth 2, cat_l2 3, min_data_per_group 1, monotone_constraints_method basic.
import { expect, it } from 'vitest';
import { findCuts } from '../../../../../src/core/learners/trees/find-cuts.ts';
import { growTree } from '../../../../../src/core/learners/trees/grow.ts';
import type { FeatureBins, FeaturePlan, SearchRules } from '../../../../../src/core/learners/trees/kernels.ts';
import { levelBins } from '../../../../../src/core/learners/trees/level-bins.ts';
import { inSet } from '../../../../../src/core/learners/trees/search-nominal.ts';
import { growRules, openToy } from './toy.ts';

const n = 400;
function drawn(seed: number): number[] {
  const out: number[] = [];
  for (let x = seed, i = 0; i < n; i++) {
    x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff;
    out.push(x >> 16);
  }
  return out;
}
const columns = [drawn(1).map((v) => v % 17), drawn(2).map((v) => v % 9), drawn(3).map((v) => v % 23)];
const noise = drawn(4).map((v) => v % 7);
const [a, b, c] = columns;
const target = noise.map((v, i) => a[i] * 3 - b[i] * c[i] * 0.5 + (c[i] > 11 ? 8 : 0) + v);
const missing = drawn(5).map((v) => v % 8 === 0);
const withMissing = [a, b, c.map((v, i) => (missing[i] ? NaN : v))];
const levelMeans = [5, -3, 8, 0, -7, 2, 9, -1, 4, -6, 3, 7, -2, 1, 6, -4, -5];

/** feature, threshold or the codes that go left, does missing go left (null = there is none), gain. */
type Node = readonly [feature: number, at: number | readonly number[], missingLeft: boolean | null, gain: number];

async function nodesOf(data: number[][], values: number[], nominal: number[] = [], search: Partial<SearchRules> = {}, depth = 0, monotone: FeaturePlan['monotone'][] = []): Promise<Node[]> {
  const floats = data.map((column) => Float32Array.from(column));
  const bins = floats.map((column, f): FeatureBins => (nominal.includes(f) ? { kind: 'levels', bins: levelBins(column, 17, 255).bins } : { kind: 'cuts', cuts: findCuts(column, null, 255, 1, f) }));
  const session = await openToy({ data: floats, bins, target: Float64Array.from(values), features: data.map((_, f) => ({ monotone: monotone[f] ?? 0 })) });
  const tree = await growTree(session, growRules(session, { depth }, { minLeafRows: 10, smooth: 2, nominalL2: 3, ...search }));
  return tree.nodes.map(({ feature, bin, set, missingLeft, gain }) => {
    const how = bins[feature];
    const codes = how.kind === 'levels' && set ? Array.from(how.bins, (of, code) => (inSet(set, of) ? code : -1)).filter((code) => code >= 0) : null;
    return [feature, codes ?? (how.kind === 'cuts' ? how.cuts[bin - 1] : NaN), data[feature].some((v) => v !== v) ? missingLeft : null, gain];
  });
}

function agree(found: Node[], theirs: readonly Node[]): void {
  expect(found.map(([feature, at, missingLeft]) => [feature, at, missingLeft])).toEqual(theirs.map(([feature, at, missingLeft]) => [feature, at, missingLeft]));
  found.forEach(([, , , gain], i) => expect(Math.abs(gain / theirs[i][3] - 1)).toBeLessThan(0.002));
}

it('plain', async () => agree(await nodesOf(columns, target), [[0, 8.5, null, 65426.7], [1, 5.5, null, 29458.6], [1, 3.5, null, 27954.1], [2, 7.5, null, 25781.2], [2, 7.5, null, 19975.2], [1, 1.5, null, 8606.71], [2, 5.5, null, 6681.74]]));
it('missing values', async () => agree(await nodesOf(withMissing, target), [[0, 8.5, null, 65426.7], [1, 5.5, null, 29458.6], [1, 3.5, null, 27954.1], [2, 7.5, false, 21805.7], [2, 7.5, false, 20012.6], [1, 1.5, null, 8606.71], [2, 5.5, false, 6126.64]]));
it('L1', async () => agree(await nodesOf(columns, target, [], { l1: 40 }), [[0, 8.5, null, 64063], [1, 5.5, null, 27828.2], [1, 3.5, null, 26041.4], [2, 7.5, null, 24030.2], [2, 7.5, null, 18884.6], [0, 2.5, null, 7672.68], [1, 1.5, null, 3170.83]]));
it('depth', async () => agree(await nodesOf(columns, target, [], {}, 2), [[0, 8.5, null, 65426.7], [1, 5.5, null, 29458.6], [1, 3.5, null, 27954.1]]));
it('monotone signs', async () => agree(await nodesOf(columns, target.map((v, i) => v + Math.sin(a[i]) * 20), [], {}, 0, [1, -1, -1]), [[0, 12.5, null, 89122], [1, 4.5, null, 49074.3], [2, 14.5, null, 32206.4], [0, 6.5, null, 15935.2], [1, 6.5, null, 13865.1], [0, 5.5, null, 8467.57], [2, 7.5, null, 7690.11]]));
it('sets', async () =>
  agree(await nodesOf(columns, noise.map((v, i) => levelMeans[a[i]] * 2 + c[i] * 0.3 + v), [0, 1]), [
    [0, [0, 2, 5, 6, 8, 10, 11, 13, 14], null, 26481.6],
    [0, [1, 3, 7, 12], null, 2848.79],
    [0, [0, 2, 6, 11, 14], null, 2098.51],
    [2, 6.5, null, 342.37],
    [2, 14.5, null, 340.6],
    [2, 2.5, null, 247.19],
    [0, [3, 7], null, 109.63],
  ]));
it('one level against the rest', async () =>
  agree(await nodesOf([a.map((v) => v % 3), b], a.map((v, i) => (v % 3 === 1 ? 9 : 0) + b[i]), [0]), [[0, [1], null, 7216.41], [1, 3.5, null, 1255.4], [1, 3.5, null, 641.27], [1, 5.5, null, 201.63], [1, 1.5, null, 115.85], [1, 0.5, null, 13.28], [1, 2.5, null, 7.08]]));
it('four levels', async () =>
  agree(await nodesOf([a.map((v) => v % 4), b], a.map((v, i) => (v % 4 === 2 ? 9 : 0) + b[i]), [0]), [[0, [2], null, 5510.89], [1, 3.5, null, 1619.67], [1, 3.5, null, 279.58], [1, 5.5, null, 217.33], [1, 1.5, null, 118.29], [1, 0.5, null, 16.86], [1, 6.5, null, 10.56]]));
