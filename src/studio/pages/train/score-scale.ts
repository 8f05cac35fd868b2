// One scale for all intervals of the leaderboard: better is always to the right, and the room is used by the models;
// what lies beyond (a far baseline) is drawn as an arrow at the edge.
import type { Interval } from '../../../core/evaluate/evaluation.ts';
import { figure } from '../../format.ts';

export type ScoreScale = { low: number; high: number; flipped: boolean; leftText: string; rightText: string };

export function scaleOf(intervals: readonly Interval[], better: 'higher' | 'lower', bounds: readonly [number, number] = [-Infinity, Infinity]): ScoreScale {
  const flipped = better === 'lower';
  const ends = intervals.flatMap((each) => [each.low, each.high, each.value]).filter((value) => Number.isFinite(value));
  if (ends.length === 0) return { low: 0, high: 1, flipped, leftText: '', rightText: '' };
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const room = (high - low || Math.abs(high) || 1) * 0.04;
  const from = Math.max(bounds[0], low - room);
  const to = Math.min(bounds[1], high + room);
  return { low: from, high: to, flipped, leftText: figure(flipped ? to : from, 3), rightText: figure(flipped ? from : to, 3) };
}

/** True when a whole interval lies beyond the worse end of the scale. */
export const isBeyond = (scale: ScoreScale, interval: Interval): boolean => (scale.flipped ? interval.low > scale.high : interval.high < scale.low);

/** Where a value is from left (0) to right (1). */
export function placeOf(scale: ScoreScale, value: number): number {
  const share = (value - scale.low) / (scale.high - scale.low);
  return Math.max(0, Math.min(1, scale.flipped ? 1 - share : share));
}
