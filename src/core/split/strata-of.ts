// The stratum of each row: its class, or for a number target the tenth of the values that it falls in.
import type { Target } from '../table/matrix.ts';
import { quantilesOf } from '../base/order.ts';

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

export function strataOf(target: Target): { strata: Int32Array; count: number } {
  if (target.kind === 'class') return { strata: target.codes, count: target.classes.length };
  const bounds = [...new Set(quantilesOf(target.values.slice(), TENTHS))];
  const strata = new Int32Array(target.values.length);
  for (let i = 0; i < strata.length; i++) {
    let s = 0;
    while (s < bounds.length && target.values[i] > bounds[s]) s++;
    strata[i] = s;
  }
  return { strata, count: bounds.length + 1 };
}
