// Which rows grow a tree, ascending: each by its own coin, or as often as n draws with replacement find it.
// Pure functions of (seed, use, tree, row or draw), so that trees do not depend on the machine.
import { mix32, randomUnit, streamOf } from '../../base/random.ts';

/** mix32(key ^ counter) is randomBits(seed, streamOf(use) + tree, counter). */
export const keyOf = (seed: number, use: string, tree: number): number => mix32(mix32((seed + 0x9e3779b9) | 0) ^ ((streamOf(use) + tree) | 0)) | 0;

/** Each row with probability `share`; row 0 when none was drawn. */
export function sampleRows(rows: number, share: number, seed: number, use: string, tree: number): Int32Array {
  const stream = (streamOf(use) + tree) | 0;
  const out = new Int32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) if (randomUnit(seed, stream, row) < share) out[kept++] = row;
  return kept > 0 ? out.subarray(0, kept) : Int32Array.of(0);
}

/** How often each of n rows is found by n draws with replacement (Efron's bootstrap), into `counts`; 255 at most. */
export function drawBootstrap(counts: Uint8Array, seed: number, use: string, tree: number): void {
  const rows = counts.length;
  const key = keyOf(seed, use, tree);
  counts.fill(0);
  for (let draw = 0; draw < rows; draw++) {
    const row = Math.floor((mix32(key ^ draw) / 4294967296) * rows);
    if (counts[row] < 255) counts[row]++;
  }
}
