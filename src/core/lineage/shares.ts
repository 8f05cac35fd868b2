// How far two distributions are apart, from counts in the same bins: the population stability index (natural logarithm,
// shares of nothing counted as 1e-4, as scorecards do) and the Jensen-Shannon distance (base 2, in [0, 1]; Lin 1991).
import { log } from '../base/numerics.ts';

const FLOOR = 1e-4;

/** Null when one side has no counts. Counts need not be whole. */
export function distances(a: ArrayLike<number>, b: ArrayLike<number>): { psi: number; js: number } | null {
  const [totalA, totalB] = [total(a), total(b)];
  if (!(totalA > 0) || !(totalB > 0)) return null;
  let psi = 0;
  let js = 0;
  for (let i = 0; i < a.length; i++) {
    const p = a[i] / totalA;
    const q = b[i] / totalB;
    if (p === 0 && q === 0) continue;
    psi += (Math.max(p, FLOOR) - Math.max(q, FLOOR)) * log(Math.max(p, FLOOR) / Math.max(q, FLOOR));
    const middle = (p + q) / 2;
    if (p > 0) js += (p * log(p / middle)) / 2;
    if (q > 0) js += (q * log(q / middle)) / 2;
  }
  return { psi: round(psi), js: round(Math.sqrt(Math.max(0, js) / log(2))) };
}

const total = (counts: ArrayLike<number>): number => Array.prototype.reduce.call(counts, (so, count) => (so as number) + (count as number), 0) as number;
const round = (value: number): number => Number(value.toPrecision(6));
