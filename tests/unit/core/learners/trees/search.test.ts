// The best split against a search of every candidate that knows no shortcut, for every option.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeaturePlan, LeafTotals, SearchRules, Split } from '../../../../../src/core/learners/trees/kernels.ts';
import { drawOf, findSplit } from '../../../../../src/core/learners/trees/search.ts';
import { inSet } from '../../../../../src/core/learners/trees/search-nominal.ts';

type Case = { plans: FeaturePlan[]; bins: { h: number; g: number }[][]; rules: SearchRules; low: number; high: number };

const rulesOf = (more: Partial<SearchRules>): SearchRules => ({ units: { gradient: 0.5, hessian: 0.25 }, l1: 0, l2: 1, minGain: 0, minLeafRows: 1, random: false, smooth: 2, nominalL2: 3, nominalMost: 32, ...more });

/** Rows with gradients in quanta and hessian 1 to 4, dropped into bins of several features. */
const caseOf = (more: fc.Arbitrary<Partial<SearchRules>>, feature: fc.Arbitrary<{ nominal: boolean; monotone: -1 | 0 | 1 }>, bounds: fc.Arbitrary<[number, number]> = fc.constant([-Infinity, Infinity])): fc.Arbitrary<Case> =>
  fc.record({ features: fc.array(fc.record({ feature, width: fc.integer({ min: 2, max: 9 }) }), { minLength: 1, maxLength: 3 }), rows: fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 4 }), fc.nat(1e6)), { minLength: 2, maxLength: 30 }), more, bounds }).map(({ features, rows, more: given, bounds: [low, high] }) => {
    const bins = features.map(({ width }, f) => {
      const sums = Array.from({ length: width }, () => ({ h: 0, g: 0 }));
      for (const [g, h, place] of rows) {
        const bin = Math.floor(place / 7 ** f) % width;
        sums[bin].h += h;
        sums[bin].g += g;
      }
      return sums;
    });
    return { plans: features.map(({ feature: kind, width }) => ({ bins: width, ...kind, monotone: kind.nominal ? 0 : kind.monotone })), bins, rules: rulesOf(given), low, high };
  });

const totalsOf = ({ bins, low, high }: Case): LeafTotals => ({ gradient: bins[0].reduce((s, b) => s + b.g, 0), hessian: bins[0].reduce((s, b) => s + b.h, 0), rows: 20, low, high, key: 5 });

function run(c: Case): Split | null {
  const offsets = new Int32Array(c.plans.length + 1);
  c.plans.forEach((plan, f) => { offsets[f + 1] = offsets[f] + plan.bins; });
  const words = Int32Array.from([9, 9, ...c.bins.flat().flatMap(({ h, g }) => [h, g])]);
  return findSplit(words, 2, offsets, c.plans, { totals: totalsOf(c), features: Int32Array.from(c.plans, (_, f) => f) }, c.rules);
}

/** Loss (twice) of the best value in bounds, in real units: minimised over a formula of its own. */
function valueAndLoss(c: Case, g: number, h: number, l2: number): { value: number; loss: number } {
  const G = g * c.rules.units.gradient;
  const H = h * c.rules.units.hessian + l2;
  const loss = (w: number): number => 2 * G * w + H * w * w + 2 * c.rules.l1 * Math.abs(w);
  const tries = [(-G - c.rules.l1) / H, (-G + c.rules.l1) / H, 0, c.low, c.high].filter((w) => Number.isFinite(w) && w >= c.low && w <= c.high);
  const value = tries.reduce((a, b) => (loss(b) < loss(a) ? b : a));
  return { value, loss: loss(value) };
}

/** Every candidate: which bins go left, and its gain. */
function candidates(c: Case): { feature: number; left: boolean[]; gain: number }[] {
  const totals = totalsOf(c);
  const parent = valueAndLoss(c, totals.gradient, totals.hessian, c.rules.l2).loss;
  const least = Math.max(1, Math.ceil((c.rules.minLeafRows * totals.hessian) / totals.rows));
  const out: { feature: number; left: boolean[]; gain: number }[] = [];
  c.plans.forEach(({ nominal, monotone }, feature) => {
    const bins = c.bins[feature];
    for (const { left, more } of nominal ? nominalSets(c, bins) : numericSets(c, bins, feature)) {
      const h = bins.reduce((s, b, i) => s + (left[i] ? b.h : 0), 0);
      const g = bins.reduce((s, b, i) => s + (left[i] ? b.g : 0), 0);
      if (h < least || totals.hessian - h < least) continue;
      const l = valueAndLoss(c, g, h, c.rules.l2 + more);
      const r = valueAndLoss(c, totals.gradient - g, totals.hessian - h, c.rules.l2 + more);
      if (monotone * (l.value - r.value) > 1e-12) continue;
      out.push({ feature, left, gain: parent - l.loss - r.loss });
    }
  });
  return out;
}

function numericSets(c: Case, bins: { h: number }[], feature: number): { left: boolean[]; more: number }[] {
  const occur = bins.map((b, i) => (i > 0 && b.h > 0 ? i : -1)).filter((i) => i > 0);
  if (occur.length === 0) return [];
  const drawn = occur[0] + Math.floor(drawOf(5, feature) * (occur[occur.length - 1] - occur[0]));
  const thresholds = c.rules.random ? [drawn] : occur;
  return thresholds.flatMap((t) => [true, false].map((missing) => ({ left: bins.map((_, i) => (i === 0 ? missing : i <= t)), more: 0 })));
}

function nominalSets(c: Case, bins: { h: number; g: number }[]): { left: boolean[]; more: number }[] {
  const used = bins.map((_, i) => i).filter((i) => bins[i].h > 0);
  if (used.length < 2) return [];
  if (bins.length <= 4) return used.map((one) => ({ left: bins.map((_, i) => i === one), more: 0 }));
  const smooth = c.rules.smooth / c.rules.units.hessian;
  const order = [...used].sort((a, b) => bins[a].g / (bins[a].h + smooth) - bins[b].g / (bins[b].h + smooth) || a - b);
  return order.slice(1).map((_, k) => new Set(order.slice(0, k + 1))).filter((set) => set.size <= Math.min(c.rules.nominalMost, (used.length + 1) >> 1) || used.length - set.size <= c.rules.nominalMost).map((set) => ({ left: bins.map((_, i) => set.has(i)), more: c.rules.nominalL2 }));
}

const free = { nominal: false, monotone: 0 as const };
const plainRules = fc.record({ l2: fc.constantFrom(0, 1, 30), minLeafRows: fc.constantFrom(1, 3), minGain: fc.constantFrom(0, 5) });
const anySign = fc.constantFrom<-1 | 0 | 1>(-1, 0, 1);

function agrees(c: Case): void {
  const found = run(c);
  const best = Math.max(-Infinity, ...candidates(c).map(({ gain }) => gain));
  if (!found) {
    expect(best).toBeLessThanOrEqual(c.rules.minGain + 1e-9 * (1 + Math.abs(best)));
    return;
  }
  expect(found.gain).toBeCloseTo(best, 8);
  const { h, g } = sidesOf(c, found);
  expect([found.hessian, found.gradient]).toEqual([h, g]);
}

function sidesOf(c: Case, split: Split): { h: number; g: number } {
  const goes = (bin: number): boolean => (bin === 0 ? split.missingLeft : split.set ? inSet(split.set, bin) : bin <= split.bin);
  return c.bins[split.feature].reduce((sum, b, i) => (goes(i) ? { h: sum.h + b.h, g: sum.g + b.g } : sum), { h: 0, g: 0 });
}

describe('findSplit finds what a search of every candidate finds', () => {
  const check = (c: fc.Arbitrary<Case>): void => fc.assert(fc.property(c, agrees), { numRuns: 300, seed: 4 });
  it('of numbers', () => check(caseOf(plainRules, fc.constant(free))));
  it('with L1', () => check(caseOf(fc.record({ l1: fc.constantFrom(0.5, 4), l2: fc.constantFrom(0, 1) }), fc.constant(free))));
  it('with monotone signs', () => check(caseOf(plainRules, fc.record({ nominal: fc.constant(false), monotone: anySign }))));
  it('within bounds', () => check(caseOf(plainRules, fc.record({ nominal: fc.constant(false), monotone: anySign }), fc.constantFrom<[number, number]>([-1, 1], [0.5, Infinity], [-Infinity, -2]))));
  it('of a random threshold', () => check(caseOf(fc.constant({ random: true }), fc.constant(free))));
  it('of sets', () => check(caseOf(fc.record({ nominalMost: fc.constantFrom(1, 2, 32), minLeafRows: fc.constantFrom(1, 3), smooth: fc.constantFrom(0, 2) }), fc.constant({ nominal: true, monotone: 0 as const }))));
  it('of all of it at once', () => check(caseOf(fc.record({ l1: fc.constantFrom(0, 1), nominalMost: fc.constantFrom(2, 32) }), fc.record({ nominal: fc.boolean(), monotone: anySign }), fc.constantFrom<[number, number]>([-3, 2], [-Infinity, Infinity]))));
});

describe('findSplit', () => {
  const one = (bins: [number, number][], more: Partial<SearchRules> = {}, plan: Partial<FeaturePlan> = {}): Split | null =>
    run({ plans: [{ bins: bins.length, nominal: false, monotone: 0, ...plan }], bins: [bins.map(([h, g]) => ({ h, g }))], rules: rulesOf(more), low: -Infinity, high: Infinity });
  const free2 = { nominal: false, monotone: 0 as const, bins: 3 };

  it('gives ties to the lowest feature and bin', () => {
    const bins = [{ h: 0, g: 0 }, { h: 2, g: -4 }, { h: 2, g: 4 }];
    const split = run({ plans: [free2, free2], bins: [bins, bins], rules: rulesOf({}), low: -Infinity, high: Infinity });
    expect(split).toMatchObject({ feature: 0, bin: 1 });
    expect(one([[0, 0], [2, -4], [0, 0], [2, 4]])).toMatchObject({ bin: 1 });
  });

  it('routes missing rows by gain, and to the heavier side when there are none', () => {
    expect(one([[4, 8], [4, 8], [4, -8]])).toMatchObject({ bin: 1, missingLeft: true });
    expect(one([[4, -8], [4, 8], [4, -8]])).toMatchObject({ bin: 1, missingLeft: false });
    expect(one([[0, 0], [5, 8], [3, -8]])).toMatchObject({ missingLeft: true });
    expect(one([[4, 8], [4, -8]])).toMatchObject({ bin: 1, missingLeft: false, hessian: 4 });
  });

  it('refuses sides below the least rows, and no gain', () => {
    expect(one([[0, 0], [2, -9], [18, 9]], { minLeafRows: 3 })).toBeNull();
    expect(one([[0, 0], [4, 4], [4, 4]])).toBeNull();
    expect(one([[0, 0], [4, 4], [4, -4]], { minGain: 1e6 })).toBeNull();
  });

  it('names a set of missing rows alone by its complement', () => {
    const split = one([[4, 9], [4, -3], [4, -3], [4, -3]], {}, { nominal: true });
    expect(split).toMatchObject({ missingLeft: false, hessian: 12, gradient: -9 });
    expect(Array.from(split?.set ?? [])).toEqual([0b1110, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('keeps every score of a random threshold within the leaf', () => {
    const split = one([[0, 0], [0, 0], [3, -9], [2, 1], [2, 9], [0, 0]], { random: true });
    expect([2, 3]).toContain(split?.bin);
  });
});
