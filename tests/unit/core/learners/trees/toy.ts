// Small sessions for tests: seeded columns, cuts, one column a feature unless told, squared loss with hessian 1.
import { sequence } from '../../../../../src/core/base/random.ts';
import { findCuts } from '../../../../../src/core/learners/trees/find-cuts.ts';
import type { GrowRules } from '../../../../../src/core/learners/trees/grow.ts';
import { quantumLimit } from '../../../../../src/core/learners/trees/kernels.ts';
import type { FeatureBins, FeaturePlan, SearchRules, TreePlan, TreeSession } from '../../../../../src/core/learners/trees/kernels.ts';
import { referenceTrees } from '../../../../../src/core/learners/trees/reference.ts';

export const someValues = (rows: number, seed: number, pick: (u: number, i: number) => number): Float32Array => {
  const random = sequence(seed, 'toy');
  return Float32Array.from({ length: rows }, (_, i) => pick(random.unit(), i));
};

export type Toy = { data: Float32Array[]; target: Float64Array; weight?: Float32Array; maxBins?: number; features?: Partial<FeaturePlan>[]; bins?: FeatureBins[]; plan?: Partial<TreePlan> };

export async function openToy({ data, target, weight, maxBins = 16, features, bins, plan }: Toy): Promise<TreeSession> {
  const found = bins ?? data.map((values, f): FeatureBins => ({ kind: 'cuts', cuts: findCuts(values, weight ?? null, maxBins, 1, f) }));
  const full: TreePlan = {
    rows: target.length,
    validRows: 0,
    outputs: 1,
    leaves: 8,
    slots: 9,
    weighted: weight !== undefined,
    features: found.map((each, f) => ({ bins: each.kind === 'cuts' ? each.cuts.length + 2 : Math.max(...each.bins) + 1, nominal: each.kind === 'levels', monotone: 0, ...features?.[f] })),
    columns: data.map((_, f) => [f]),
    ...plan,
  };
  const session = await referenceTrees.open(full);
  session.bin(0, data, found);
  session.arrays.target.set(target);
  if (weight) session.arrays.weight.set(weight);
  session.gradients('squared');
  return session;
}

/** Selects all rows (or the chosen) for output 0 and gives the rules of a plain tree. */
export function selectAll(session: TreeSession, rules: Partial<SearchRules> = {}, chosen: Int32Array | null = null): { search: SearchRules; rows: number } {
  const { ranges } = session.arrays;
  const limit = quantumLimit(session.plan.rows);
  const units = { gradient: ranges[0] / limit, hessian: ranges[1] / limit };
  session.select(0, 1 / units.gradient, 1 / units.hessian, 7, chosen);
  return { search: { units, l1: 0, l2: 1, minGain: 0, minLeafRows: 1, random: false, smooth: 10, nominalL2: 10, nominalMost: 32, ...rules }, rows: chosen ? chosen.length : session.plan.rows };
}

export function growRules(session: TreeSession, more: Partial<GrowRules> = {}, search: Partial<SearchRules> = {}): GrowRules {
  const { plan } = session;
  return { ...selectAll(session, search), leaves: plan.leaves, depth: 0, order: 'gain', features: Int32Array.from(plan.features, (_, f) => f), nodeColumns: 1, groups: null, key: 11, ...more };
}
