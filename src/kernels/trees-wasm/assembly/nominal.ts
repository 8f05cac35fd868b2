// Best set of bins of an unordered feature: the twin of core's search-nominal.ts. Bins that occur, in order of gradient /
// (hessian + smooth); prefixes from either end; of features of up to four bins each against the rest.
import { term, keep, splitScore } from './search';
import { word } from './fit';

const SINGLES_UP_TO: i32 = 4;

/** `scratch`: 256 ratios, as many again, then 256 bins (u16), as many again. */
export function searchNominal(found: usize, feature: i32, cells: usize, bins: u32, s: usize, draw: f64, scratch: usize): void {
  const order = scratch + 4096;
  let n = 0;
  for (let bin: u32 = 0; bin < bins; bin++) {
    store<u16>(order + (<usize>n << 1), <u16>bin);
    n += i32(load<u32>(cells + (<usize>bin << 3)) != 0);
  }
  if (n < 2) return;
  const hasMissing = load<u16>(order) == 0;
  const singles = <i32>bins <= SINGLES_UP_TO;
  if (!singles) sortBins(order, n, cells, term(s, 8), scratch);
  const more: f64 = singles ? 0 : term(s, 9);
  const most = <i32>word(11 + 8 * s);
  const lows = singles ? n : min(most, (n + 1) >> 1);
  const highs = singles ? 0 : min(most, n - 1 - lows);
  const drawn = draw < 0 ? -1 : <i32>floor(draw * <f64>(lows + highs));
  let best = -1;
  let kept: i64 = 0;
  let sum: i64 = 0;
  let score = term(s, 7);
  for (let i = 0; i < lows + highs; i++) {
    if (singles || i == lows) sum = 0;
    sum += load<i64>(cells + (<usize>load<u16>(order + (<usize>(i < lows ? i : n - 1 - (i - lows)) << 1)) << 3));
    const h = <f64><u32>sum;
    if ((drawn >= 0 && i != drawn) || h < term(s, 6) || term(s, 1) - h < term(s, 6)) continue;
    const here = splitScore(s, <f64><i32>(sum >> 32), h, more, 0);
    if (!(here > score)) continue;
    score = here;
    best = i;
    kept = sum;
  }
  if (best < 0) return;
  const from = singles ? best : best < lows ? 0 : n - 1 - (best - lows);
  const to = singles ? best + 1 : best < lows ? best + 1 : n;
  keepSet(found, feature, score, order, n, from, to, kept, hasMissing, s);
}

/** A set of missing rows alone is named by its complement; without missing rows they would follow the heavier side. */
function keepSet(found: usize, feature: i32, score: f64, order: usize, n: i32, from: i32, to: i32, sum: i64, hasMissing: bool, s: usize): void {
  const g = <f64><i32>(sum >> 32);
  const h = <f64><u32>sum;
  const alone = to - from == 1 && load<u16>(order + (<usize>from << 1)) == 0;
  let holds = false;
  for (let i = from; i < to; i++) if (load<u16>(order + (<usize>i << 1)) == 0) holds = true;
  const missingLeft = hasMissing ? !alone && holds : h > term(s, 1) - h;
  keep(found, score, feature, 0, missingLeft, alone ? term(s, 0) - g : g, alone ? term(s, 1) - h : h);
  store<u32>(found, 1, 36);
  const set = found + 40;
  memory.fill(set, 0, 32);
  if (alone) {
    from = 0;
    to = n;
  }
  for (let i = from; i < to; i++) {
    const bin = <u32>load<u16>(order + (<usize>i << 1));
    const at = set + (<usize>(bin >> 5) << 2);
    if (bin > 0) store<u32>(at, load<u32>(at) | (1 << (bin & 31)));
  }
}

/** Merges runs of doubled length; bins of equal ratio stay in order. */
function sortBins(order: usize, n: i32, cells: usize, smooth: f64, scratch: usize): void {
  let ratios = scratch;
  let otherRatios = scratch + 2048;
  let bins = order;
  let otherBins = order + 512;
  for (let i = 0; i < n; i++) {
    const cell = load<i64>(cells + (<usize>load<u16>(order + (<usize>i << 1)) << 3));
    store<f64>(ratios + (<usize>i << 3), <f64><i32>(cell >> 32) / (<f64><u32>cell + smooth));
  }
  for (let run = 1; run < n; run <<= 1) {
    for (let start = 0; start < n; start += run << 1) {
      const middle = min(n, start + run);
      const end = min(n, middle + run);
      let a = start;
      let b = middle;
      for (let i = start; i < end; i++) {
        const first = b >= end || (a < middle && load<f64>(ratios + (<usize>a << 3)) <= load<f64>(ratios + (<usize>b << 3)));
        const from = first ? a++ : b++;
        store<f64>(otherRatios + (<usize>i << 3), load<f64>(ratios + (<usize>from << 3)));
        store<u16>(otherBins + (<usize>i << 1), load<u16>(bins + (<usize>from << 1)));
      }
    }
    let held = ratios;
    ratios = otherRatios;
    otherRatios = held;
    held = bins;
    bins = otherBins;
    otherBins = held;
  }
  if (bins != order) memory.copy(order, bins, <usize>n << 1);
}
