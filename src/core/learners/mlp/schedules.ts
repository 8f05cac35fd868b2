// How the learning rate, the decay and the dropout go over a fit, as shares of their highest. t = share of all steps done, 0 to 1.
import { cosTurn, log } from '../../base/numerics.ts';
import type { Schedule } from './params.ts';

/** coslog4: four cycles, each twice as long as the one before, from 0 up and back to 0 (RealMLP). cosine: up in a twentieth, then down. */
export function shareAt(schedule: Schedule, t: number): number {
  if (schedule === 'constant') return 1;
  if (schedule === 'coslog4') return 0.5 * (1 - cosTurn(log(1 + 15 * t) / Math.LN2));
  if (schedule === 'flat-cosine') return flatThenDown(t);
  const warm = 0.05;
  return t < warm ? t / warm : 0.5 * (1 + cosTurn((0.5 * (t - warm)) / (1 - warm)));
}

/** 1 in the first half, then half a cosine down to 0. */
export const flatThenDown = (t: number): number => (t < 0.5 ? 1 : 0.5 * (1 + cosTurn(t - 0.5)));
