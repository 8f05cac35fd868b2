// Cut points of a numeric feature: at most 254, ascending, each exact in single precision; `x <= cut` goes left.
// Few distinct values get one bin each, with cuts half-way; many get equal counts. All rows up to 200,000 are looked at,
// above that an even sample of so many, drawn by (seed, feature). Missing values take no part (they are bin 0).
import { randomUnit, streamOf } from '../../base/random.ts';
import { sortFloats } from './sort-floats.ts';

const SAMPLE = 200_000;

/** Cuts for at most `maxBins` value bins (2 to 255). Empty when there are no two distinct values. */
export function findCuts(values: Float32Array, maxBins: number, seed: number, feature: number): Float32Array {
  const sorted = sortFloats(sampleOf(values, seed, feature));
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length && distinct.length <= maxBins; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct.push(sorted[i]);
  if (distinct.length <= maxBins) return Float32Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) => between(distinct[i], distinct[i + 1]));
  return quantileCuts(sorted, maxBins);
}

/** Bins are closed once they hold their share of the values that are left; a value is never torn apart. */
function quantileCuts(sorted: Float32Array, maxBins: number): Float32Array {
  const cuts = new Float32Array(maxBins - 1);
  let count = 0;
  let start = 0;
  while (count < maxBins - 1) {
    const share = Math.ceil((sorted.length - start) / (maxBins - count));
    let end = start + share;
    if (end >= sorted.length) break;
    const last = sorted[end - 1];
    if (sorted[end] === last) end = firstAbove(sorted, last, end);
    if (end >= sorted.length) {
      const first = firstAtLeast(sorted, last, start);
      if (first > start) cuts[count++] = between(sorted[first - 1], last);
      break;
    }
    cuts[count++] = between(sorted[end - 1], sorted[end]);
    start = end;
  }
  return cuts.slice(0, count);
}

function sampleOf(values: Float32Array, seed: number, feature: number): Float32Array {
  const out = new Float32Array(Math.min(values.length, SAMPLE));
  const stream = (streamOf('gbt-cuts') + feature) | 0;
  const step = values.length / out.length;
  let kept = 0;
  for (let i = 0; i < out.length; i++) {
    const value = values[step === 1 ? i : Math.floor((i + randomUnit(seed, stream, i)) * step)];
    if (value === value) out[kept++] = value;
  }
  return out.subarray(0, kept);
}

/** A single-precision number m with low <= m < high. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle >= low && middle < high ? middle : low;
}

function firstAbove(sorted: Float32Array, value: number, low: number): number {
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAtLeast(sorted: Float32Array, value: number, low: number): number {
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
