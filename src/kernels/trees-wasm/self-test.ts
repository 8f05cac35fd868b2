// A known-answer test of tree kernels: every stage and a small tree on 2,100 rows (each of two threads has some), with a joint
// column, a nominal feature and a monotone one, held against the reference; a few milliseconds.
import type { Expand, FeatureBins, SearchRules, Split, TreeKernels, TreePlan, TreeSession } from '../../core/learners/trees/kernels.ts';
import { referenceTrees } from '../../core/learners/trees/reference.ts';

type Keep = (stage: string, ...arrays: { join(separator: string): string }[]) => void;
const rows = 2100;
const cutsOf = (...cuts: number[]): FeatureBins => ({ kind: 'cuts', cuts: Float32Array.from(cuts) });
const bins: FeatureBins[] = [cutsOf(-3.5, -1, 0.25, 4, 9.5), cutsOf(0.5), { kind: 'levels', bins: Uint8Array.of(1, 2, 0, 3, 4, 5, 6) }, cutsOf(0.5), cutsOf(-2, 1, 3, 7)];
const features = [{ bins: 7, nominal: false, monotone: 0 }, { bins: 3, nominal: false, monotone: 0 }, { bins: 7, nominal: true, monotone: 0 }, { bins: 3, nominal: false, monotone: 0 }, { bins: 6, nominal: false, monotone: 1 }] as const;
const plan: TreePlan = { rows, validRows: 37, outputs: 1, leaves: 3, slots: 2, weighted: true, features, columns: [[0], [1, 3], [2], [4]] };
const rules = { l1: 0, l2: 1, minGain: 0, minLeafRows: 5, random: false, smooth: 10, nominalL2: 10, nominalMost: 32 };

/** What went wrong, or null when all stages gave the reference's bits. */
export async function selfTest(kernels: TreeKernels): Promise<string | null> {
  const expected = await everyStage(referenceTrees);
  const found = await everyStage(kernels);
  for (const [stage, bits] of found) if (bits !== expected.get(stage)) return `the ${kernels.backend} tree kernel failed its self-test at ${stage}`;
  return null;
}

async function everyStage(kernels: TreeKernels): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  const keep: Keep = (stage, ...arrays) => out.set(stage, arrays.map((array) => array.join(' ')).join('|'));
  const value = (i: number, f: number): number => ((i * 7 + f) % 11 === 0 ? NaN : ((i * (f + 3)) % 17) - 5);
  const data = features.map(({ bins: most, nominal }, f) => Float32Array.from({ length: rows }, (_, i) => (nominal ? (i * 5) % 9 : most === 3 ? (i >> f) % 2 : value(i, f))));
  const weight = Float32Array.from({ length: rows }, (_, i) => (i % 5) / 2);
  keep('cuts', ...(await kernels.findCuts([data[0], data[4]], weight, 6, 1)));
  const session = await kernels.open(plan);
  try {
    await grow(session, data, weight, keep);
  } finally {
    session.close();
  }
  return out;
}

async function grow(session: TreeSession, data: Float32Array[], weight: Float32Array, keep: Keep): Promise<void> {
  const { arrays: a } = session;
  session.bin(0, data, bins);
  session.bin(1, data.map((values) => values.subarray(0, plan.validRows)), bins);
  a.weight.set(weight);
  for (let i = 0; i < rows; i++) {
    a.target[i] = Number(((i * 3) % 17) + ((i * 5) % 9) > 14);
    a.scores[i] = ((i % 37) - 18) * 0.37;
  }
  for (const objective of ['squared', 'binary'] as const) {
    session.gradients(objective);
    keep(`gradients (${objective})`, a.gradients, a.ranges);
  }
  const units = { gradient: a.ranges[0] / 32767, hessian: a.ranges[1] / 32767 };
  for (const chosen of [Int32Array.from({ length: 700 }, (_, i) => 3 * i), null]) {
    session.select(0, 1 / units.gradient, 1 / units.hessian, 12345, chosen);
    const name = chosen ? 'some rows' : 'all rows';
    const { gradient, hessian } = session.total();
    keep(`total (${name})`, [gradient, hessian]);
    const all = Int32Array.of(0, 1, 2, 3, 4);
    const totals = { gradient, hessian, rows: chosen ? chosen.length : rows, low: -Infinity, high: Infinity, key: 77 };
    const look = (order: Expand, more: Partial<SearchRules> = {}) => session.expand(order, { ...rules, ...more, units });
    const [split] = await look({ leaf: 0, slot: 0, parent: -1, searches: [{ slot: 0, totals, features: all }] });
    keep(`histogram (${name})`, session.histogramOf(0));
    keep(`split (${name})`, wordsOf(split));
    if (!split) continue;
    const stay = session.partition(0, 1, split);
    const rest = { ...totals, gradient: gradient - split.gradient, hessian: hessian - split.hessian, rows: totals.rows - stay };
    const left = { ...totals, gradient: split.gradient, hessian: split.hessian, rows: stay };
    const searches = [{ slot: 1, totals: rest, features: Int32Array.of(2, 3, 4) }, { slot: 0, totals: { ...left, low: -0.5, high: 0.5 }, features: all }];
    const found = await look({ leaf: 1, slot: 1, parent: 0, searches });
    keep(`splits (${name})`, [stay], ...found.map(wordsOf));
    keep(`histograms (${name})`, session.histogramOf(0), session.histogramOf(1));
    const drawn = await look({ leaf: 1, slot: 1, parent: -1, searches: searches.slice(0, 1) }, { random: true, l1: units.gradient * 100 });
    keep(`random split (${name})`, ...drawn.map(wordsOf));
    session.sumLeaves(0, 2);
    keep(`leaf sums (${name})`, a.leafSums.subarray(0, 4), a.leafOf);
    const node = { ...split, left: ~0, right: ~1 };
    if (chosen) session.addTree(0, 0, [node], Float64Array.of(0.5, -0.25), true);
    else session.addLeaves(0, Float64Array.of(0.125, -0.375, 0, 0));
    session.addTree(1, 0, [node], Float64Array.of(0.1, -0.7), false);
    keep(`scores (${name})`, a.scores, a.validScores);
  }
}

const wordsOf = (split: Split | null): (string | number)[] => (split ? [split.feature, split.bin, split.set ? split.set.join(',') : '-', Number(split.missingLeft), split.gain, split.gradient, split.hessian] : []);
