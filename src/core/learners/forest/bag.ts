// The rows of one round of a forest: how often each was drawn, and with that the gradients of the squared error at the base,
// so that the value of a leaf is the mean of its rows over the base. On 0 and 1 the gain is the one of the Gini index.
import { drawBootstrap, sampleRows } from '../trees/sample-rows.ts';
import type { LossRows } from '../gbt/objectives/objective.ts';
import type { TreeArrays, Units } from '../trees/kernels.ts';
import { quantumLimit } from '../trees/kernels.ts';

export type Sampling = { how: 'bootstrap' | 'subsample' | 'all'; rows: number };

/** Fills `counts` for round `round`. Returns the rows that were drawn, ascending; null = all. */
export function drawBag(counts: Uint8Array, sampling: Sampling, seed: number, round: number): Int32Array | null {
  if (sampling.how === 'all') {
    counts.fill(1);
    return null;
  }
  if (sampling.how === 'subsample') {
    const rows = sampleRows(counts.length, sampling.rows, seed, 'forest-rows', round);
    counts.fill(0);
    for (const row of rows) counts[row] = 1;
    return rows;
  }
  drawBootstrap(counts, seed, 'forest-rows', round);
  const rows = new Int32Array(counts.length);
  let kept = 0;
  for (let row = 0; row < counts.length; row++) if (counts[row] > 0) rows[kept++] = row;
  return rows.subarray(0, kept);
}

/** The truth of a row for an output: the value, or 1 for its class (binary: for the second) and 0 for the others. */
export const truthOf = (target: number, output: number, isMany: boolean): number => (isMany ? Number(target === output) : target);

/** Pairs (count * weight * (base - truth), count * weight) of one output, and its ranges. */
export function fillBag(arrays: Pick<TreeArrays, 'gradients' | 'ranges'>, train: LossRows, counts: Uint8Array, base: Float64Array, output: number): void {
  const { rows, target, weight } = train;
  const isMany = base.length > 1;
  let most = 0;
  let heaviest = 0;
  for (let row = 0, at = 2 * output * rows; row < rows; row++, at += 2) {
    const w = weight ? weight[row] * counts[row] : counts[row];
    const gradient = Math.fround(w * (base[output] - truthOf(target[row], output, isMany)));
    arrays.gradients[at] = gradient;
    arrays.gradients[at + 1] = w;
    if (Math.abs(gradient) > most) most = Math.abs(gradient);
    if (w > heaviest) heaviest = w;
  }
  arrays.ranges[2 * output] = most;
  arrays.ranges[2 * output + 1] = heaviest;
}

/** Quanta so that whole weights and classes lose nothing: a whole number to 1 where that fits, else the range over the limit. */
export function bagUnits(gradient: number, hessian: number, rows: number, isWhole: boolean): Units {
  const limit = quantumLimit(rows);
  const perWeight = Math.floor(limit / hessian);
  return {
    gradient: isWhole && gradient > 0 && Math.floor(limit / gradient) >= 1 && Number.isInteger(gradient) ? 1 / Math.floor(limit / gradient) : gradient / limit,
    hessian: isWhole && perWeight >= 1 ? 1 / perWeight : hessian / limit,
  };
}
