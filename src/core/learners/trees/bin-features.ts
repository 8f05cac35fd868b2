// A matrix -> which features a fit asks and how their values become bins; and back: grown trees in terms of values.
// Constant features are left out. Cuts come from the kernels, bins of nominal features from the levels that occur.
import { BarnacleError } from '../../base/errors.ts';
import type { PackedNode } from '../../models/trees-model.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { FeatureBins, FeaturePlan, TreeKernels, TreeNode } from './kernels.ts';
import { levelBins } from './level-bins.ts';
import { inSet } from './search-nominal.ts';

export type BinnedFeatures = {
  /** Number in the matrix of each feature of the plan, ascending. */
  readonly used: readonly number[];
  readonly bins: readonly FeatureBins[];
  readonly plans: readonly FeaturePlan[];
};

/** `monotone`: a sign for each feature of the matrix. */
export async function binFeatures(matrix: Matrix, maxBins: number, monotone: Int8Array, seed: number, kernels: TreeKernels): Promise<BinnedFeatures> {
  const numeric = matrix.features.flatMap((feature, f) => (feature.levels === undefined ? [f] : []));
  const cuts = await kernels.findCuts(numeric.map((f) => matrix.data[f]), matrix.weight, maxBins, seed);
  const cutsOf = new Map(numeric.map((f, i) => [f, cuts[i]]));
  const used: number[] = [];
  const bins: FeatureBins[] = [];
  const plans: FeaturePlan[] = [];
  matrix.features.forEach(({ levels }, f) => {
    const found = cutsOf.get(f);
    if (found) {
      if (found.length === 0 && !hasBoth(matrix.data[f])) return;
      bins.push({ kind: 'cuts', cuts: found });
      plans.push({ bins: found.length + 2, nominal: false, monotone: monotone[f] as -1 | 0 | 1 });
    } else {
      const { bins: table, count } = levelBins(matrix.data[f], levels as number, maxBins);
      if (count === 0 || (count === 1 && !hasBoth(matrix.data[f]))) return;
      bins.push({ kind: 'levels', bins: table });
      plans.push({ bins: count + 1, nominal: true, monotone: 0 });
    }
    used.push(f);
  });
  return { used, bins, plans };
}

/** True when some value is missing and some is not: a feature of one value may still split. */
function hasBoth(values: Float32Array): boolean {
  const first = Number.isNaN(values[0]);
  for (let i = 1; i < values.length; i++) if (Number.isNaN(values[i]) !== first) return true;
  return false;
}

/** Bin b holds values up to cut b - 1; the last has no cut: every value goes left there, and only missing ones right. */
const thresholdOf = (cuts: Float32Array, bin: number): number => (bin - 1 < cuts.length ? cuts[bin - 1] : 3.4028234663852886e38);

/** A node in terms of the matrix: a threshold, or the codes that go left (levels that count as missing follow missingLeft). */
export function packNode({ feature, bin, set, missingLeft, left, right, gain }: TreeNode, { used, bins }: BinnedFeatures): PackedNode {
  const how = bins[feature];
  const at = { feature: used[feature], missingLeft, left, right, gain };
  if (how.kind === 'cuts') return { ...at, threshold: thresholdOf(how.cuts, bin), set: null };
  const codes: number[] = [];
  how.bins.forEach((of, code) => { if (of === 0 ? missingLeft : set && inSet(set, of)) codes.push(code); });
  return { ...at, threshold: 0, set: codes };
}

/** The inverse of packNode for trees grown on the same bins. Throws bad-bundle for a node that was not. */
export function unpackNode({ feature, threshold, set, missingLeft, left, right, gain }: PackedNode, { used, bins }: BinnedFeatures): TreeNode {
  const place = used.indexOf(feature);
  const how = bins[place];
  if (!how || (how.kind === 'levels') !== Boolean(set)) throw foreign(feature);
  const at = { feature: place, missingLeft, left, right, gain };
  if (how.kind === 'cuts') {
    const found = how.cuts.indexOf(threshold);
    if (found < 0 && threshold !== thresholdOf(how.cuts, how.cuts.length + 1)) throw foreign(feature);
    return { ...at, bin: found < 0 ? how.cuts.length + 1 : found + 1, set: null };
  }
  const words = new Uint32Array(8);
  for (const code of set as readonly number[]) if (how.bins[code] > 0) words[how.bins[code] >> 5] |= 1 << (how.bins[code] & 31);
  return { ...at, bin: 0, set: words };
}

const foreign = (feature: number) =>
  new BarnacleError('bad-bundle', `a tree asks feature ${feature} in a way that these rows do not; resume on the rows, params and seed that it was grown with`, { reason: `feature ${feature} has other bins` });
