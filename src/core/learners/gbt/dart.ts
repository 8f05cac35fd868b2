// Boosting with dropout (Rashmi and Gilad-Bachrach, DART, AISTATS 2015): before a round some earlier rounds are taken out of
// the scores; afterwards the new one and those are scaled so that together they weigh what the old ones did.
// Values of leaves are multiples of a grid (a power of two), so sums of scores are exact in any order: taking trees out and
// putting them back leaves no trace, and the model's own scores are the ones it was trained at.
import { randomUnit, streamOf } from '../../base/random.ts';
import { ROUNDER } from '../trees/leaf-sums.ts';

export type DartParams = { dropRate: number; maxDrop: number; skipDrop: number; dropScale: 'count' | 'rate' };

/** The rounds to take out before round `round`, ascending; none with probability skipDrop, at most maxDrop (0 = any number). */
export function chooseDropped(round: number, params: DartParams, seed: number): number[] {
  const stream = (streamOf('gbt-dart') + round) | 0;
  if (randomUnit(seed, stream, round) < params.skipDrop) return [];
  const most = params.maxDrop > 0 ? params.maxDrop : Infinity;
  const rate = Math.min(params.dropRate, most / Math.max(1, round));
  const dropped: number[] = [];
  for (let earlier = 0; earlier < round && dropped.length < most; earlier++) if (randomUnit(seed, stream, earlier) < rate) dropped.push(earlier);
  return dropped;
}

/**
 * What the new round is multiplied by (learning rate included) and the dropped ones: with k dropped, rate / (k + 1) and
 * k / (k + 1) as LightGBM does ('count'), or rate / (k + rate) and k / (k + rate) as XGBoost does ('rate').
 */
export function dartScales(dropped: number, rate: number, how: DartParams['dropScale']): { fresh: number; dropped: number } {
  if (dropped === 0) return { fresh: rate, dropped: 1 };
  const all = how === 'count' ? dropped + 1 : dropped + rate;
  return { fresh: rate / all, dropped: dropped / all };
}

/** A power of two far below the leaf values of a fit whose first gradients and hessians reach so far. */
export function dartGrid(gradient: number, hessian: number): number {
  const step = hessian > 0 ? gradient / hessian : gradient;
  if (!(step > 0) || !Number.isFinite(step)) return 2 ** -32;
  let power = 1;
  while (power > step) power /= 2;
  while (power * 2 <= step) power *= 2;
  return Math.max(2 ** -126, power * 2 ** -32);
}

/** The single-precision multiple of the grid nearest to value (halves to even by the rounding of doubles). */
export function onGrid(value: number, grid: number): number {
  return toGrid(Math.fround(value), grid);
}

/** The multiple of the grid nearest to value; value itself where it is too large to tell. */
export function toGrid(value: number, grid: number): number {
  const scaled = value / grid;
  return Math.abs(scaled) >= 2 ** 51 ? value : (scaled + ROUNDER - ROUNDER) * grid;
}
