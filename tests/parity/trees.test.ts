// The WASM tree kernels against the reference, on 1, 2 and 4 real threads: every stage and whole trees give the same bits, over
// odd shapes, missing values, joint columns, nominal and monotone features, random thresholds, bounds, weights, chosen rows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sequence } from '../../src/core/base/random.ts';
import { growTree, treeKey } from '../../src/core/learners/trees/grow.ts';
import { quantumLimit } from '../../src/core/learners/trees/kernels.ts';
import type { FeatureBins, FeaturePlan, TreeKernels, TreePlan } from '../../src/core/learners/trees/kernels.ts';
import { referenceTrees } from '../../src/core/learners/trees/reference.ts';
import { loadTreeKernels } from '../../src/kernels/trees-wasm/index.ts';
import type { TeamThread } from '../../src/kernels/team/team.ts';
import type { LoadedTrees } from '../../src/kernels/trees-wasm/index.ts';
import { breakOff } from '../../src/kernels/team/team.ts';
import { testThreads } from './tree-threads.ts';

type Case = {
  name: string;
  rows: number;
  features: number;
  seed: number;
  objective?: 'binary' | 'squared' | 'softmax';
  outputs?: number;
  weighted?: boolean;
  share?: number;
  leaves?: number;
  slots?: number;
  cuts?: number;
  flat?: boolean;
  random?: boolean;
  l1?: number;
  monotone?: boolean;
  nominal?: boolean;
  joint?: boolean;
  nodeColumns?: number;
  groups?: boolean;
  minLeafRows?: number;
  depthwise?: boolean;
};

const cases: Case[] = [
  { name: 'plain', rows: 5003, features: 13, seed: 1 },
  { name: 'one row', rows: 1, features: 3, seed: 2 },
  { name: 'one feature', rows: 700, features: 1, seed: 3, objective: 'squared' },
  { name: '300 features', rows: 1500, features: 300, seed: 4, leaves: 7, nodeColumns: 0.4 },
  { name: 'values all equal', rows: 400, features: 4, seed: 5, flat: true },
  { name: 'softmax, weighted, some rows', rows: 3001, features: 9, seed: 6, objective: 'softmax', outputs: 5, weighted: true, share: 0.6 },
  { name: 'joint columns', rows: 4100, features: 30, seed: 7, joint: true, cuts: 3, leaves: 15, weighted: true },
  { name: 'nominal', rows: 3000, features: 8, seed: 8, nominal: true, minLeafRows: 3, objective: 'squared' },
  { name: 'nominal, random, L1', rows: 2900, features: 8, seed: 9, nominal: true, random: true, l1: 0.5 },
  { name: 'monotone, depth-wise, few slots', rows: 4000, features: 7, seed: 10, monotone: true, objective: 'squared', slots: 3, depthwise: true },
  { name: 'random, joint, monotone, groups', rows: 3500, features: 16, seed: 11, random: true, joint: true, monotone: true, cuts: 4, groups: true },
  { name: 'all at once', rows: 6200, features: 24, seed: 12, nominal: true, joint: true, monotone: true, l1: 0.2, weighted: true, share: 0.4, slots: 4, nodeColumns: 0.6, cuts: 5, objective: 'softmax', outputs: 3 },
  { name: 'tiny leaves', rows: 900, features: 5, seed: 13, leaves: 200, minLeafRows: 1 },
  { name: '65 features', rows: 2100, features: 65, seed: 14, leaves: 9, weighted: true },
];

function makeData({ rows, features, seed, flat, nominal, cuts = 250 }: Case): { data: Float32Array[]; isNominal: boolean[] } {
  const random = sequence(seed, 'tree-parity');
  const isNominal = Array.from({ length: features }, (_, f) => Boolean(nominal) && f % 3 === 1);
  const data = Array.from({ length: features }, (_, f) =>
    Float32Array.from({ length: rows }, () => {
      if (flat) return 3;
      if (f % 4 !== 3 && random.unit() < 0.08) return NaN;
      if (isNominal[f]) return random.below(f % 2 ? 3 : 60);
      return cuts < 20 ? random.below(cuts + 1) : f % 5 === 2 ? random.below(6) : random.normal() * 10 ** (f % 4);
    }),
  );
  return { data, isNominal };
}

/** Every byte that core can see after each of two trees an output. */
async function everything(kernels: TreeKernels, c: Case): Promise<unknown[]> {
  const { rows, features, seed, objective = 'binary', outputs = 1, leaves = 31, minLeafRows = 20 } = c;
  const random = sequence(seed, 'tree-parity-more');
  const { data, isNominal } = makeData(c);
  const weight = c.weighted ? Float32Array.from({ length: rows }, () => random.below(4) / 2) : null;
  const out: unknown[] = [];
  const found = await kernels.findCuts(data, weight, Math.min(255, (c.cuts ?? 254) + 1), seed);
  out.push(found.map((cuts) => [...cuts]));
  const bins = found.map((cuts, f): FeatureBins => (isNominal[f] ? { kind: 'levels', bins: Uint8Array.from({ length: 60 }, (_, i) => (i % 7 === 3 ? 0 : i + 1)) } : { kind: 'cuts', cuts }));
  const plans = bins.map((each, f): FeaturePlan => ({ bins: each.kind === 'cuts' ? each.cuts.length + 2 : 61, nominal: isNominal[f], monotone: c.monotone && !isNominal[f] ? ([0, 1, -1] as const)[f % 3] : 0 }));
  const singles = Array.from({ length: features }, (_, f) => [f]);
  const columns = c.joint ? singles.reduce<number[][]>((groups, [f]) => { if (f % 5 < 3 && groups.length > 0 && f % 5 > 0) groups[groups.length - 1].push(f); else groups.push([f]); return groups; }, []) : singles;
  const validRows = Math.ceil(rows / 7);
  const plan: TreePlan = { rows, validRows, outputs, leaves, slots: c.slots ?? leaves + 1, weighted: weight !== null, features: plans, columns };
  const session = await kernels.open(plan);
  try {
    const { arrays: a } = session;
    out.push(session.bin(0, data, bins), session.bin(1, data.map((values) => values.slice(0, validRows)), bins), [...session.crowded]);
    if (session.crowded.length > 0) return out;
    a.target.forEach((_, i) => { a.target[i] = objective === 'softmax' ? random.below(outputs) : objective === 'binary' ? Number((data[0][i] || 0) > random.unit() * 4) : (data[0][i] || 0) + random.normal() * 9; });
    if (weight) a.weight.set(weight);
    a.scores.forEach((_, i) => { a.scores[i] = random.normal() * 3; });
    for (let round = 0; round < 2; round++) {
      session.gradients(objective);
      out.push([...a.gradients], [...a.ranges]);
      for (let k = 0; k < outputs; k++) {
        const limit = quantumLimit(rows);
        const units = { gradient: a.ranges[2 * k] / limit, hessian: a.ranges[2 * k + 1] / limit };
        const inverse = (unit: number) => (unit > 0 ? 1 / unit : 0);
        const chosen = c.share ? Int32Array.from(Array.from({ length: rows }, (_, i) => i).filter(() => random.unit() < (c.share as number))) : null;
        session.select(k, inverse(units.gradient), inverse(units.hessian), 1234 + round, chosen);
        out.push(session.total());
        const search = { units, l1: c.l1 ?? 0, l2: 1, minGain: 0, minLeafRows, random: Boolean(c.random), smooth: 10, nominalL2: 10, nominalMost: 32 };
        const halves = [0, 1].map((half) => Array.from({ length: features }, (_, f) => f).filter((f) => f % 2 === half || f % 3 === 0));
        const rules = { search, rows: chosen ? chosen.length : rows, leaves, depth: 0, order: c.depthwise ? 'depth' : 'gain', features: Int32Array.from({ length: features }, (_, f) => f), nodeColumns: c.nodeColumns ?? 1, groups: c.groups ? halves : null, key: treeKey(seed + k) } as const;
        const seen: number[][] = [];
        const watched = { ...session, expand: async (...order: Parameters<typeof session.expand>) => {
          const splits = await session.expand(...order);
          if (seen.length < 8) seen.push([...session.histogramOf(order[0].slot)], order[0].parent >= 0 ? [...session.histogramOf(order[0].parent)] : []);
          return splits;
        } };
        const tree = await growTree(watched, rules);
        out.push(tree, seen);
        session.sumLeaves(k, tree.leaves.length);
        out.push([...a.leafSums.subarray(0, 2 * tree.leaves.length)], [...a.leafOf]);
        const values = Float64Array.from(tree.leaves, (_, i) => (a.leafSums[2 * i] / (a.leafSums[2 * i + 1] + 1)) * -0.3);
        if (chosen) {
          session.addTree(0, k, tree.nodes, values, false);
          session.addTree(0, k, tree.nodes, values, true);
        } else session.addLeaves(k, values);
        session.addTree(1, k, tree.nodes, values, false);
        out.push([...a.scores], [...a.validScores]);
      }
    }
    return out;
  } finally {
    session.close();
  }
}

describe.each([1, 2, 4])('%i threads', (threads) => {
  let loaded: LoadedTrees;
  beforeAll(async () => {
    loaded = await loadTreeKernels({ threads, spawn: await testThreads(), aloneUpTo: 0 });
  }, 60_000);
  afterAll(() => loaded.end());

  test('they pass the self-test and run on as many threads as asked', () => {
    expect(loaded.reason()).toBeNull();
    expect([loaded.kernels.backend, loaded.kernels.threads]).toEqual(['wasm', threads]);
  });

  for (const each of cases) {
    test(`${each.name}: equal bits from reference and wasm`, async () => {
      const [found, expected] = [await everything(loaded.kernels, each), await everything(referenceTrees, each)];
      expect(found.length).toBe(expected.length);
      for (let i = 0; i < found.length; i++) expect(found[i], `part ${i}`).toEqual(expected[i]);
    }, 60_000);
  }

  test('cuts of odd distributions, weighted or not, sampled or not: equal bits', async () => {
    const random = sequence(31, 'tree-cuts');
    const shapes: ((i: number) => number)[] = [() => random.normal(), (i) => (i % 3 ? 0 : random.normal()), () => Math.floor(random.normal() * 200), () => -random.unit(), (i) => (i % 2 ? 7 : random.normal() * 1e30), () => Math.max(0, random.normal()), (i) => (i < 9 ? -i : 5 + (i % 400)), (i) => (i % 50 ? 1 + (i % 4) : random.unit() - 0.5), (i) => (i % 7 ? NaN : i), () => -0, (i) => (i % 2 ? -0 : (i % 600) - 3)];
    for (const rows of [1500, 230_000]) {
      const data = shapes.map((of) => Float32Array.from({ length: rows }, (_, i) => of(i)));
      const weight = Float32Array.from({ length: rows }, () => (random.below(5) === 0 ? 0 : random.unit() ** 4));
      for (const [most, weights] of rows > 200_000 ? ([[255, weight]] as const) : ([[255, null], [255, weight], [7, weight], [3, null], [2, null]] as const)) {
        const found = await loaded.kernels.findCuts(data, weights, most, 5);
        const expected = await referenceTrees.findCuts(data, weights, most, 5);
        expect(found.map((cuts) => [...cuts])).toEqual(expected.map((cuts) => [...cuts]));
      }
    }
  }, 120_000);

  test('a joint column of too many combinations is named, the others are not', async () => {
    const rows = 2600;
    const random = sequence(1, 'tree-crowd');
    const data = [0, 1, 2, 3].map((f) => Float32Array.from({ length: rows }, (_, i) => (f === 1 ? (i % 31) % 7 : f === 0 ? i % 31 : random.below(2))));
    const bins = data.map((_, f): FeatureBins => ({ kind: 'cuts', cuts: Float32Array.from({ length: f < 2 ? 30 : 1 }, (_, i) => i + 0.5) }));
    const plan: TreePlan = { rows, validRows: 0, outputs: 1, leaves: 3, slots: 4, weighted: false, features: bins.map((_, f) => ({ bins: f < 2 ? 32 : 3, nominal: false, monotone: 0 as const })), columns: [[0, 1], [2, 3]] };
    const session = await loaded.kernels.open(plan);
    expect(session.bin(0, data, bins)).toBe(true);
    session.close();
    const tight: TreePlan = { ...plan, columns: [[0, 1, 2], [3]] };
    const other = await loaded.kernels.open(tight);
    const noisy = data.map((values, f) => (f < 2 ? values.map(() => random.below(31)) : values));
    expect(other.bin(0, noisy, bins)).toBe(false);
    expect(other.crowded).toEqual([0]);
    other.close();
  });

  test('memory that cannot be had is a typed error', async () => {
    const features = Array.from({ length: 100 }, () => ({ bins: 256, nominal: false, monotone: 0 as const }));
    const plan: TreePlan = { rows: 2 ** 28, validRows: 0, outputs: 1, leaves: 31, slots: 32, weighted: false, features, columns: features.map((_, f) => [f]) };
    await expect(loaded.kernels.open(plan)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('two sessions at once: the second goes on alone, with the same bits', async () => {
    const small = cases[2];
    const [one, two] = await Promise.all([everything(loaded.kernels, small), everything(loaded.kernels, small)]);
    expect(two).toEqual(one);
  });
});

test('a helper that fails in mid-session is a typed error; from then on fits run on one thread', async () => {
  const spawn = await testThreads();
  const memories: WebAssembly.Memory[] = [];
  const watched = (): TeamThread => {
    const thread = spawn();
    return { ...thread, post(message) { memories.push((message as { memory: WebAssembly.Memory }).memory); thread.post(message); } };
  };
  const { kernels, reason } = await loadTreeKernels({ threads: 2, spawn: watched, aloneUpTo: 0 });
  expect(kernels.threads).toBe(2);
  const plan: TreePlan = { rows: 3000, validRows: 0, outputs: 1, leaves: 3, slots: 4, weighted: false, features: [{ bins: 3, nominal: false, monotone: 0 }], columns: [[0]] };
  const session = await kernels.open(plan);
  breakOff(memories[memories.length - 1]);
  expect(() => session.gradients('squared')).toThrowError(expect.objectContaining({ code: 'worker-lost' }));
  session.close();
  expect([kernels.threads, reason()]).toEqual([1, expect.stringMatching(/^threads: /)]);
  const next = await kernels.open(plan);
  next.gradients('squared');
  next.close();
}, 60_000);
