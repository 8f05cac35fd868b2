// Cut points of a numeric feature: at most 254, ascending, each exact in single precision; `x <= cut` goes left.
// Few distinct values get one bin each, with cuts half-way; many get equal weights, and a value that alone outweighs an equal
// share gets its own bin unless under half a share lies before it (LightGBM's greedy rule). Zero is an edge wherever it lies
// inside the values: when zeros occur they have a bin of their own. Values past 200,000 rows are an even sample drawn by
// (seed, feature). Missing values and rows without weight take no part.
import { randomUnit, streamOf } from '../../base/random.ts';
import { sortFloats } from './sort-floats.ts';

export const CUTS_SAMPLE = 200_000;
export const CUTS_STREAM = streamOf('tree-cuts');

/** Cuts for at most `maxBins` value bins (2 to 255). Empty when there are no two distinct values. `weight` null = all 1. */
export function findCuts(values: Float32Array, weight: Float32Array | null, maxBins: number, seed: number, feature: number): Float32Array {
  const sample = sampleOf(values, weight, seed, feature);
  sortFloats(sample.values, sample.weight);
  const mass = new Float64Array(sample.values.length);
  const count = gather(sample.values, sample.weight, mass);
  return cutsOf(sample.values.subarray(0, count), mass.subarray(0, count), maxBins);
}

/** Rows that count: present, and of positive weight. */
function sampleOf(values: Float32Array, weight: Float32Array | null, seed: number, feature: number): { values: Float32Array; weight: Float32Array | null } {
  const most = Math.min(values.length, CUTS_SAMPLE);
  const out = new Float32Array(most);
  const outWeight = weight ? new Float32Array(most) : null;
  const stream = (CUTS_STREAM + feature) | 0;
  const step = values.length / most;
  let kept = 0;
  for (let i = 0; i < most; i++) {
    const row = step === 1 ? i : Math.floor((i + randomUnit(seed, stream, i)) * step);
    const value = values[row];
    if (value !== value || (weight && !(weight[row] > 0))) continue;
    if (weight && outWeight) outWeight[kept] = weight[row];
    out[kept++] = value;
  }
  return { values: out.subarray(0, kept), weight: outWeight ? outWeight.subarray(0, kept) : null };
}

/** Distinct values to the front of `sorted` and their weights, summed in order, into `mass`. Returns how many. */
function gather(sorted: Float32Array, weight: Float32Array | null, mass: Float64Array): number {
  let last = -1;
  for (let i = 0; i < sorted.length; i++) {
    if (last < 0 || sorted[i] !== sorted[last]) sorted[++last] = sorted[i];
    mass[last] += weight ? weight[i] : 1;
  }
  return last + 1;
}

/** The same from ascending distinct values and their masses. */
export function cutsOf(distinct: Float32Array, mass: Float64Array, maxBins: number): Float32Array {
  const n = distinct.length;
  const cuts: number[] = [];
  if (n <= maxBins) {
    for (let i = 0; i + 1 < n; i++) cuts.push(between(distinct[i], distinct[i + 1]));
    return Float32Array.from(cuts);
  }
  let below = 0;
  while (below < n && distinct[below] < 0) below++;
  const zero = distinct[below] === 0 ? 1 : 0;
  const above = n - below - zero;
  const bins = maxBins - zero;
  if (below === 0 && above === n) quantileCuts(cuts, distinct, mass, 0, n, maxBins);
  else if (below === n || bins < Math.sign(below) + Math.sign(above)) quantileCuts(cuts, distinct, mass, 0, n, maxBins);
  else {
    const left = binsBelow(mass, below, zero, bins);
    if (below > 0) {
      quantileCuts(cuts, distinct, mass, 0, below, left);
      cuts.push(between(distinct[below - 1], distinct[below]));
    }
    if (zero && above > 0) cuts.push(between(0, distinct[below + 1]));
    if (above > 0) quantileCuts(cuts, distinct, mass, below + zero, n, bins - left);
  }
  return Float32Array.from(cuts);
}

/** Bins for the negative values: their share of the mass beside zero, at least one for each sign, none to spare on either. */
function binsBelow(mass: Float64Array, below: number, zero: number, bins: number): number {
  const above = mass.length - below - zero;
  if (below === 0) return 0;
  if (above === 0) return bins;
  let under = 0;
  let over = 0;
  for (let i = 0; i < below; i++) under += mass[i];
  for (let i = below + zero; i < mass.length; i++) over += mass[i];
  const share = Math.round((bins * under) / (under + over));
  return Math.min(below, bins - 1, Math.max(1, bins - above, share));
}

/** Cuts that part distinct[from .. to) into at most `bins` bins. */
function quantileCuts(cuts: number[], distinct: Float32Array, mass: Float64Array, from: number, to: number, bins: number): void {
  let rest = 0;
  for (let i = from; i < to; i++) rest += mass[i];
  const heavy = to - from <= bins ? 0 : rest / bins;
  let open = bins;
  for (let i = from; i < to; i++) {
    if (mass[i] < heavy) continue;
    rest -= mass[i];
    open--;
  }
  let share = rest / open;
  let sum = 0;
  let left = bins - 1;
  for (let i = from; i + 1 < to && left > 0; i++) {
    const alone = mass[i] >= heavy;
    if (!alone) rest -= mass[i];
    sum += mass[i];
    if (!(alone || sum >= share || (mass[i + 1] >= heavy && sum >= share / 2))) continue;
    cuts.push(between(distinct[i], distinct[i + 1]));
    left--;
    sum = 0;
    if (!alone) share = rest / --open;
  }
}

/** A single-precision number m with low <= m < high; zero when it lies between. */
function between(low: number, high: number): number {
  if (low < 0 && high > 0) return 0;
  const middle = Math.fround(low + (high - low) / 2);
  return middle >= low && middle < high ? middle : low;
}
