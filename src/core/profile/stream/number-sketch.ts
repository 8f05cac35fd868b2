// One number, time or boolean column as a stream of blocks -> the same facts that profileNumbers gives for the whole column.
// Needs the range beforehand. Exact: range, moments, zeros, histogram, ends, and, while a column has at most EXACT_LIMIT
// values (or whole ones of a narrow range), distinct and quantiles too; beyond that those two are estimates.
import { getBit, type Bits } from '../../base/bits.ts';
import { quantilesAt } from './weighted-quantiles.ts';
import { binOf, binsOf, tidy, type Bins } from '../bins-of.ts';
import { estimateDistinct, hashKey, makeRegisters, markRegister } from '../count-distinct.ts';
import type { Ends, NumberFacts } from '../profile-numbers.ts';
import type { Bin } from '../profile.ts';
import { addMoments, addWeighted, makeMoments, shapeOf, type Moments } from './moments.ts';
import { addQuantile, addQuantiles, makeQuantileSketch, quantilesFrom, type QuantileSketch } from './quantile-sketch.ts';
import { denseCounts, tableCounts, type ValueCounts } from './value-counts.ts';

/** Over the present finite values; min > max when there is none. `step`: every value is a multiple of it (0 = not known). */
export type Range = { min: number; max: number; integers: boolean; step: number };

const SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const NARROW = 1 << 20;

export interface NumberSketch {
  /** `rows` cells of a block; what is missing or not finite is left out. */
  add(values: ArrayLike<number>, missing: Bits | null, rows: number): void;
  /** `quantilesAreExact` is false when they come from a sketch; `ascending` as in ColumnProfile. */
  finish(): NumberFacts & { present: number; notFinite: number; quantilesAreExact: boolean; ascending: boolean };
  missing(): number;
}

/** What a column needs once it has too many values to count them one by one. */
type Estimates = { moments: Moments; quantiles: QuantileSketch; registers: Uint8Array; bins: Bins; sizes: Float64Array; zeros: number; ends: Ends };

/** `room`: entries that this column may count in an array. */
export function makeNumberSketch(range: Range, isTime: boolean, room: number): NumberSketch {
  const { min, max, integers, step } = range;
  const size = step > 0 && max >= min ? (max - min) / step + 1 : Infinity;
  const counted: ValueCounts = size <= Math.min(NARROW, room) ? denseCounts(min, step, size) : tableCounts();
  const bins = binsOf(min, max, isTime ? 'time' : integers ? 'whole' : 'real');
  let estimates: Estimates | null = null;
  let present = new Float64Array(0);
  let rows = 0;
  let taken = 0;
  let absent = 0;
  let last = NaN;
  let first = NaN;
  let falls = 0;
  return {
    add(values, missing, n) {
      if (present.length < n) present = new Float64Array(n);
      let held = 0;
      for (let i = 0; i < n; i++) {
        const v = values[i];
        if (missing !== null && getBit(missing, i)) absent++;
        else if (v - v === 0) {
          if (v < last) falls++;
          last = v;
          present[held++] = v;
        }
      }
      if (taken === 0 && held > 0) first = present[0];
      rows += n;
      taken += held;
      const exact = estimates ? 0 : counted.add(present, 0, held);
      if (exact === held) return;
      estimates ??= spill(counted, bins);
      estimate(estimates, exact ? present.slice(exact, held) : present, held - exact, min, max);
    },
    missing: () => absent,
    finish() {
      const facts = estimates ? estimatedFacts(estimates, range) : taken ? exactFacts(counted, range, bins) : { number: null, distinct: 0, isExact: true, ends: { lowCount: 0, nextLow: NaN, highCount: 0, nextHigh: NaN } };
      return { ...facts, present: taken, notFinite: rows - absent - taken, quantilesAreExact: !estimates, ascending: taken === rows && facts.distinct > 1 && falls <= Math.floor(rows / 1000) && last > first };
    },
  };
}

function spill(counted: ValueCounts, bins: Bins): Estimates {
  const out: Estimates = { moments: makeMoments(), quantiles: makeQuantileSketch(), registers: makeRegisters(), bins, sizes: new Float64Array(bins.count), zeros: 0, ends: { lowCount: 0, nextLow: Infinity, highCount: 0, nextHigh: -Infinity } };
  const { values, counts } = counted.sorted();
  for (let k = 0; k < values.length; k++) {
    addWeighted(out.moments, values[k], counts[k]);
    addQuantile(out.quantiles, values[k], counts[k]);
    out.sizes[binOf(bins, values[k])] += counts[k];
    if (values[k] === 0) out.zeros = counts[k];
    noteEnds(out.ends, values[k], counts[k], values[0], values[values.length - 1]);
  }
  markValues(out.registers, values, values.length);
  return out;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

function markValues(registers: Uint8Array, values: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    double[0] = values[i] + 0;
    markRegister(registers, hashKey(words[0], words[1]), words[0], words[1]);
  }
}

function noteEnds(ends: Ends, value: number, count: number, min: number, max: number): void {
  if (value === min) ends.lowCount += count;
  else if (value < ends.nextLow) ends.nextLow = value;
  if (value === max) ends.highCount += count;
  else if (value > ends.nextHigh) ends.nextHigh = value;
}

function estimate(into: Estimates, values: Float64Array, n: number, min: number, max: number): void {
  addMoments(into.moments, values, n);
  markValues(into.registers, values, n);
  for (let i = 0; i < n; i++) {
    if (values[i] === 0) into.zeros++;
    into.sizes[binOf(into.bins, values[i])]++;
    noteEnds(into.ends, values[i], 1, min, max);
  }
  addQuantiles(into.quantiles, values, n);
}

function estimatedFacts({ moments, quantiles, registers, bins, sizes, zeros, ends }: Estimates, { min, max, integers }: Range): NumberFacts {
  const found = quantilesFrom(quantiles, SHARES).map((value, i) => ({ q: SHARES[i], value }));
  return { number: { min, max, mean: moments.mean, ...shapeOf(moments), zeros, integers, quantiles: found, histogram: histogramOf(bins, sizes, min, max) }, distinct: Math.min(estimateDistinct(registers), moments.n), isExact: false, ends };
}

function exactFacts(counted: ValueCounts, { min, max, integers }: Range, bins: Bins): NumberFacts {
  const { values, counts } = counted.sorted();
  const moments = makeMoments();
  const sizes = new Float64Array(bins.count);
  const ends: Ends = { lowCount: 0, nextLow: Infinity, highCount: 0, nextHigh: -Infinity };
  let zeros = 0;
  for (let k = 0; k < values.length; k++) {
    addWeighted(moments, values[k], counts[k]);
    sizes[binOf(bins, values[k])] += counts[k];
    if (values[k] === 0) zeros = counts[k];
    noteEnds(ends, values[k], counts[k], min, max);
  }
  const quantiles = quantilesAt(values, counts, SHARES).map((value, i) => ({ q: SHARES[i], value }));
  return { number: { min, max, mean: moments.mean, ...shapeOf(moments), zeros, integers, quantiles, histogram: histogramOf(bins, sizes, min, max) }, distinct: values.length, isExact: true, ends };
}

function histogramOf({ from, step, count }: Bins, sizes: Float64Array, min: number, max: number): Bin[] {
  if (step === Infinity) return [{ from: min, to: max, count: sizes[0] }];
  return Array.from({ length: count }, (_, b) => ({ from: tidy(from + b * step), to: tidy(from + (b + 1) * step), count: sizes[b] }));
}
