// Best split of one feature in one leaf: the twin of core's search.ts, candidate by candidate the same doubles.
// The plain case first packs the running sums of the bins that occur, then scores them two at a time. A result is 96 bytes:
// score, gradient, hessian (f64), feature (-1 = none), bin, missing left, is a set (i32), 8 words of a set.
import { MASKS, SCRATCH, SCRATCH_BYTES, featureAt, fit, number, resultAt, word } from './fit';
import { searchNominal } from './nominal';

export const RESULT: usize = 96;
/** In a thread's scratch: sums of a decoded feature, running sums, their bins, a feature's result; then what nominal needs. */
const DECODED: usize = 8192 + 65536;
const RUNNING: usize = DECODED + 2048;
const BINS: usize = RUNNING + 2064;
const FOUND: usize = BINS + 528;
export const NOMINAL: usize = FOUND + 96;

// @ts-ignore: decorator
@inline
function scratchOf(thread: usize): usize {
  return fit(SCRATCH) + thread * fit(SCRATCH_BYTES);
}

export function decodedAt(thread: usize): usize {
  return scratchOf(thread) + DECODED;
}

// The numbers of search s from 12 s on: gradient, hessian, l1, l2, low, high, least, score to exceed, smooth, nominal l2.
// @ts-ignore: decorator
@inline
export function term(s: usize, i: usize): f64 {
  return number(12 * s + i);
}

// @ts-ignore: decorator
@inline
export function isBetter(score: f64, feature: i32, best: usize): bool {
  if (feature < 0) return false;
  const other = load<i32>(best, 24);
  return other < 0 || score > load<f64>(best) || (score == load<f64>(best) && feature < other);
}

/** `cells`: the sums of the feature by bin. */
export function considerFeature(feature: usize, cells: usize, s: usize, thread: i32): void {
  const row = featureAt(feature);
  const bins = load<u32>(row);
  const scratch = scratchOf(thread);
  const found = scratch + FOUND;
  const flags = word(10 + 8 * s);
  store<f64>(found, term(s, 7));
  store<i32>(found, -1, 24);
  const draw: f64 = flags & 2 ? <f64>mix32(word(9 + 8 * s) ^ <u32>feature) / 4294967296 : -1;
  const sign = load<i32>(row, 8);
  if (load<u32>(row, 4)) searchNominal(found, <i32>feature, cells, bins, s, draw, scratch + NOMINAL);
  else if (flags & 2) searchRandom(found, <i32>feature, cells, bins, s, sign, draw);
  else if (flags & 1 && sign == 0) searchPlain(found, <i32>feature, cells, bins, s, scratch + RUNNING, scratch + BINS);
  else searchBounded(found, <i32>feature, cells, bins, s, sign);
  const best = resultAt(thread) + s * RESULT;
  if (isBetter(load<f64>(found), load<i32>(found, 24), best)) memory.copy(best, found, RESULT);
}

function searchPlain(found: usize, feature: i32, cells: usize, bins: u32, s: usize, running: usize, places: usize): void {
  let n: usize = 0;
  let sum: i64 = 0;
  for (let bin: u32 = 1; bin < bins; bin++) {
    const cell = load<i64>(cells + (<usize>bin << 3));
    sum += cell;
    store<i64>(running + (n << 3), sum);
    store<u16>(places + (n << 1), <u16>bin);
    n += <usize>(<u32>cell != 0);
  }
  store<i64>(running + (n << 3), 0x7fffffff);
  const missing = load<i64>(cells);
  const hasMissing = <u32>missing != 0;
  const G = f64x2.splat(term(s, 0));
  const H = f64x2.splat(term(s, 1));
  const l2 = f64x2.splat(term(s, 3));
  const least = f64x2.splat(term(s, 6));
  const mg = f64x2.splat(<f64><i32>(missing >> 32));
  const mh = f64x2.splat(<f64><u32>missing);
  let right = f64x2.splat(term(s, 7));
  let left = right;
  let rightAt = i64x2.splat(-1);
  let leftAt = i64x2.splat(-1);
  let at = i64x2(0, 1);
  for (let i: usize = 0; i < n; i += 2) {
    const pair = v128.load(running + (i << 3));
    const g = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(pair, pair, 1, 3, 1, 3));
    const h = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(pair, pair, 0, 2, 0, 2));
    if (hasMissing) {
      const a = f64x2.add(g, mg);
      const side = f64x2.add(h, mh);
      const here = scorePair(a, side, G, H, l2, least);
      const better = v128.and(f64x2.gt(here, left), fits(side, H, least));
      left = v128.bitselect(here, left, better);
      leftAt = v128.bitselect(at, leftAt, better);
    }
    const here = scorePair(g, h, G, H, l2, least);
    const better = v128.and(f64x2.gt(here, right), fits(h, H, least));
    right = v128.bitselect(here, right, better);
    rightAt = v128.bitselect(at, rightAt, better);
    at = i64x2.add(at, i64x2.splat(2));
  }
  let place = -1;
  let isLeft = false;
  let score = term(s, 7);
  place = lower(place, score, <i32>i64x2.extract_lane(rightAt, 0), f64x2.extract_lane(right, 0));
  if (place >= 0) score = f64x2.extract_lane(right, 0);
  const second = lower(place, score, <i32>i64x2.extract_lane(rightAt, 1), f64x2.extract_lane(right, 1));
  if (second != place) { place = second; score = f64x2.extract_lane(right, 1); }
  if (hasMissing) {
    for (let lane = 0; lane < 2; lane++) {
      const other = lane ? <i32>i64x2.extract_lane(leftAt, 1) : <i32>i64x2.extract_lane(leftAt, 0);
      const value = lane ? f64x2.extract_lane(left, 1) : f64x2.extract_lane(left, 0);
      if (other >= 0 && (place < 0 || value > score || (value == score && (other < place || (other == place && !isLeft))))) {
        place = other;
        score = value;
        isLeft = true;
      }
    }
  }
  if (place < 0) return;
  const sums = load<i64>(running + (<usize>place << 3)) + (isLeft ? missing : 0);
  const h = <f64><u32>sums;
  keep(found, score, feature, load<u16>(places + (<usize>place << 1)), isLeft || (!hasMissing && h > term(s, 1) - h), <f64><i32>(sums >> 32), h);
}

/** The better of two places in lanes of one kind: greater score, then lower place. */
// @ts-ignore: decorator
@inline
function lower(place: i32, score: f64, other: i32, value: f64): i32 {
  return other >= 0 && (place < 0 || value > score || (value == score && other < place)) ? other : place;
}

// @ts-ignore: decorator
@inline
function fits(h: v128, H: v128, least: v128): v128 {
  return v128.and(f64x2.ge(h, least), f64x2.ge(f64x2.sub(H, h), least));
}

// @ts-ignore: decorator
@inline
function scorePair(a: v128, h: v128, G: v128, H: v128, l2: v128, least: v128): v128 {
  const b = f64x2.sub(G, a);
  const hl = f64x2.add(h, l2);
  const hr = f64x2.add(f64x2.sub(H, h), l2);
  return f64x2.div(f64x2.add(f64x2.mul(f64x2.mul(a, a), hr), f64x2.mul(f64x2.mul(b, b), hl)), f64x2.mul(hl, hr));
}

function searchBounded(found: usize, feature: i32, cells: usize, bins: u32, s: usize, sign: i32): void {
  let sum: i64 = 0;
  for (let bin: u32 = 1; bin < bins; bin++) {
    const cell = load<i64>(cells + (<usize>bin << 3));
    sum += cell;
    if (<u32>cell == 0) continue;
    considerBoth(found, feature, load<i64>(cells), s, sign, bin, sum);
  }
}

function searchRandom(found: usize, feature: i32, cells: usize, bins: u32, s: usize, sign: i32, draw: f64): void {
  let low: u32 = 1;
  let high = bins - 1;
  while (low < bins && load<u32>(cells + (<usize>low << 3)) == 0) low++;
  while (high > low && load<u32>(cells + (<usize>high << 3)) == 0) high--;
  if (low >= bins) return;
  const last = low + <u32>floor(draw * <f64>(high - low));
  let sum: i64 = 0;
  for (let bin: u32 = 1; bin <= last; bin++) sum += load<i64>(cells + (<usize>bin << 3));
  considerBoth(found, feature, load<i64>(cells), s, sign, last, sum);
}

function considerBoth(found: usize, feature: i32, missing: i64, s: usize, sign: i32, bin: u32, sum: i64): void {
  const h = <f64><u32>sum;
  const hasMissing = <u32>missing != 0;
  if (hasMissing) consider(found, feature, s, sign, bin, true, sum + missing);
  consider(found, feature, s, sign, bin, !hasMissing && h > term(s, 1) - h, sum);
}

function consider(found: usize, feature: i32, s: usize, sign: i32, bin: u32, missingLeft: bool, sum: i64): void {
  const g = <f64><i32>(sum >> 32);
  const h = <f64><u32>sum;
  if (h < term(s, 6) || term(s, 1) - h < term(s, 6)) return;
  const score = splitScore(s, g, h, 0, sign);
  if (score > load<f64>(found)) keep(found, score, feature, bin, missingLeft, g, h);
}

export function keep(found: usize, score: f64, feature: i32, bin: u32, missingLeft: bool, g: f64, h: f64): void {
  store<f64>(found, score);
  store<f64>(found, g, 8);
  store<f64>(found, h, 16);
  store<i32>(found, feature, 24);
  store<u32>(found, bin, 28);
  store<u32>(found, <u32>missingLeft, 32);
  store<u32>(found, 0, 36);
}

/** side-values.ts splitScore. */
export function splitScore(s: usize, a: f64, h: f64, more: f64, sign: i32): f64 {
  const b = term(s, 0) - a;
  const l2 = term(s, 3) + more;
  const hl = h + l2;
  const hr = term(s, 1) - h + l2;
  if (word(10 + 8 * s) & 1 && sign == 0) return (a * a * hr + b * b * hl) / (hl * hr);
  const left = sideValue(s, a, hl);
  const right = sideValue(s, b, hr);
  if (sign > 0 ? left > right : sign < 0 && left < right) return -Infinity;
  return sideFall(s, a, hl, left) + sideFall(s, b, hr, right);
}

function sideValue(s: usize, g: f64, h: f64): f64 {
  const l1 = term(s, 2);
  const soft = g > l1 ? g - l1 : g < -l1 ? g + l1 : 0;
  const free = -soft / h;
  return free < term(s, 4) ? term(s, 4) : free > term(s, 5) ? term(s, 5) : free;
}

function sideFall(s: usize, g: f64, h: f64, w: f64): f64 {
  return -(2 * g * w + h * w * w + 2 * term(s, 2) * abs(w));
}

// @ts-ignore: decorator
@inline
function mix32(x: u32): u32 {
  x = (x ^ (x >>> 16)) * 0x7feb352d;
  x = (x ^ (x >>> 15)) * 0x846ca68b;
  return x ^ (x >>> 16);
}
