// The profile of numbers, times (ms) and booleans (0/1): range, moments, quantiles, distinct values, histogram.
// Over all present finite values. Whole numbers of a narrow range are counted one by one (exact everything in two passes);
// others go through a set / HyperLogLog, quickselect and one histogram pass.
import { quantilesOf } from '../base/order.ts';
import { binOf, binsOf, tidy, type Bins } from './bins-of.ts';
import { countDistinct } from './count-distinct.ts';
import type { Bin, ColumnProfile } from './profile.ts';

export type NumberProfile = NonNullable<ColumnProfile['number']>;
/** How the ends of the range look: a value far off that recurs may stand for "missing". */
export type Ends = { lowCount: number; nextLow: number; highCount: number; nextHigh: number };
export type NumberFacts = { number: NumberProfile | null; distinct: number; isExact: boolean; ends: Ends };

const SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const NARROW = 1 << 20;

/** `values`: the present finite values; reordered. */
export function profileNumbers(values: Float64Array, isTime: boolean): NumberFacts {
  const n = values.length;
  if (!n) return { number: null, distinct: 0, isExact: true, ends: { lowCount: 0, nextLow: NaN, highCount: 0, nextHigh: NaN } };
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let zeros = 0;
  let integers = true;
  for (let i = 0; i < n; i++) {
    const v = values[i];
    if (v < min) min = v;
    if (v > max) max = v;
    if (v === 0) zeros++;
    if (integers && v !== Math.floor(v)) integers = false;
    sum += v;
  }
  const mean = Number.isFinite(sum) ? sum / n : meanOf(values);
  const { sd, skew, ends } = momentsOf(values, mean, min, max);
  const bins = binsOf(min, max, isTime ? 'time' : integers ? 'whole' : 'real');
  const counted = integers && max - min < NARROW ? countWhole(values, min, max, bins) : null;
  const { distinct, isExact } = counted ?? countDistinct(values);
  const histogram = counted?.histogram ?? (bins.step === Infinity ? [{ from: min, to: max, count: n }] : histogramOf(values, bins));
  const quantiles = (counted?.quantiles ?? quantilesOf(values, SHARES)).map((value, i) => ({ q: SHARES[i], value }));
  return { number: { min, max, mean, sd, skew, zeros, integers, quantiles, histogram }, distinct, isExact, ends };
}

function meanOf(values: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  return Number.isFinite(mean) ? mean : 0;
}

function momentsOf(values: Float64Array, mean: number, min: number, max: number): { sd: number; skew: number; ends: Ends } {
  let m2 = 0;
  let m3 = 0;
  const ends: Ends = { lowCount: 0, nextLow: Infinity, highCount: 0, nextHigh: -Infinity };
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    const d = v - mean;
    m2 += d * d;
    m3 += d * d * d;
    if (v === min) ends.lowCount++;
    else if (v < ends.nextLow) ends.nextLow = v;
    if (v === max) ends.highCount++;
    else if (v > ends.nextHigh) ends.nextHigh = v;
  }
  const variance = m2 / values.length;
  const sd = Math.sqrt(variance);
  const skew = m3 / values.length / (variance * sd);
  return { sd: Number.isFinite(sd) ? sd : 0, skew: Number.isFinite(skew) ? skew : 0, ends };
}

function countWhole(values: Float64Array, min: number, max: number, bins: Bins): { distinct: number; isExact: boolean; quantiles: number[]; histogram: Bin[] } {
  const counts = new Uint32Array(max - min + 1);
  for (let i = 0; i < values.length; i++) counts[values[i] - min]++;
  const sizes = new Float64Array(bins.count);
  let distinct = 0;
  for (let k = 0; k < counts.length; k++) {
    if (!counts[k]) continue;
    distinct++;
    sizes[binOf(bins, min + k)] += counts[k];
  }
  const at = SHARES.map((q) => q * (values.length - 1));
  const quantiles = at.map(() => 0);
  for (let k = 0, before = 0, next = 0; k < counts.length && next < at.length; k++) {
    const end = before + counts[k];
    while (next < at.length && Math.floor(at[next]) < end) {
      const low = min + k;
      const fraction = at[next] - Math.floor(at[next]);
      quantiles[next] = fraction > 0 && Math.ceil(at[next]) >= end ? low + fraction * (nextCounted(counts, k) - k) : low;
      next++;
    }
    before = end;
  }
  return { distinct, isExact: true, quantiles, histogram: binList(bins, sizes) };
}

function nextCounted(counts: Uint32Array, from: number): number {
  let k = from + 1;
  while (k < counts.length && !counts[k]) k++;
  return k < counts.length ? k : from;
}

function histogramOf(values: Float64Array, bins: Bins): Bin[] {
  const sizes = new Float64Array(bins.count);
  const { from, step } = bins;
  const last = bins.count - 1;
  for (let i = 0; i < values.length; i++) {
    const b = Math.floor((values[i] - from) / step);
    sizes[b < 0 ? 0 : b > last ? last : b]++;
  }
  return binList(bins, sizes);
}

const binList = ({ from, step }: Bins, sizes: Float64Array): Bin[] =>
  Array.from(sizes, (count, b) => ({ from: tidy(from + b * step), to: tidy(from + (b + 1) * step), count }));
