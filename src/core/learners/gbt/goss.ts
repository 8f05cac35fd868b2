// Gradient-based one-side sampling (Ke et al., LightGBM, NeurIPS 2017): all rows with large gradients grow the trees of a
// round, and of the others a seeded share whose gradients are amplified so that sums stay unbiased.
// A row's size is |gradient| summed over outputs; the selection is exact, ties go to the lower row.
import { randomUnit, streamOf } from '../../base/random.ts';
import type { TreeArrays, TreePlan } from '../trees/kernels.ts';

export type GossRates = { topRate: number; otherRate: number };

/**
 * The rows of round `round`, ascending: round(topRate * n) largest and round(otherRate * n) of the rest. Amplifies the
 * latter's gradients and hessians in arrays.gradients by rest / chosen of the rest, and sets arrays.ranges to those of the chosen.
 */
export function sampleByGradient(arrays: Pick<TreeArrays, 'gradients' | 'ranges'>, plan: Pick<TreePlan, 'rows' | 'outputs'>, rates: GossRates, seed: number, round: number): Int32Array {
  const { rows, outputs } = plan;
  const top = Math.min(rows, Math.max(1, Math.round(rates.topRate * rows)));
  const others = Math.min(rows - top, Math.round(rates.otherRate * rows));
  const sizes = sizesOf(arrays.gradients, rows, outputs);
  const { bound, ties } = boundOf(sizes, top);
  const words = new Uint32Array(sizes.buffer);
  const amplify = others > 0 ? (rows - top) / others : 0;
  const stream = (streamOf('gbt-goss') + round) | 0;
  const out = new Int32Array(top + others);
  arrays.ranges.fill(0);
  let kept = 0;
  let tiesLeft = ties;
  let restSeen = 0;
  let restKept = 0;
  for (let row = 0; row < rows; row++) {
    const isTop = words[row] > bound || (words[row] === bound && tiesLeft-- > 0);
    if (!isTop) {
      const isKept = randomUnit(seed, stream, row) * (rows - top - restSeen++) < others - restKept;
      if (!isKept) continue;
      restKept++;
    }
    out[kept++] = row;
    for (let k = 0; k < outputs; k++) {
      const at = 2 * (k * rows + row);
      if (!isTop) {
        arrays.gradients[at] *= amplify;
        arrays.gradients[at + 1] *= amplify;
      }
      if (Math.abs(arrays.gradients[at]) > arrays.ranges[2 * k]) arrays.ranges[2 * k] = Math.abs(arrays.gradients[at]);
      if (arrays.gradients[at + 1] > arrays.ranges[2 * k + 1]) arrays.ranges[2 * k + 1] = arrays.gradients[at + 1];
    }
  }
  return out.subarray(0, kept);
}

function sizesOf(gradients: Float32Array, rows: number, outputs: number): Float32Array {
  const sizes = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += Math.abs(gradients[2 * (k * rows + row)]);
    sizes[row] = sum;
  }
  return sizes;
}

/**
 * The bits of the `wanted`-th largest of the sizes and how many rows of that very size are wanted. Numbers >= 0 in single
 * precision are ordered as their bits: two counting passes over halves of 16 bits find it.
 */
function boundOf(sizes: Float32Array, wanted: number): { bound: number; ties: number } {
  const words = new Uint32Array(sizes.buffer);
  const counts = new Uint32Array(65536);
  for (const word of words) counts[word >>> 16]++;
  let high = 65535;
  let left = wanted;
  while (counts[high] < left) left -= counts[high--];
  counts.fill(0);
  for (const word of words) if (word >>> 16 === high) counts[word & 0xffff]++;
  let low = 65535;
  while (counts[low] < left) left -= counts[low--];
  return { bound: ((high << 16) | low) >>> 0, ties: left };
}
