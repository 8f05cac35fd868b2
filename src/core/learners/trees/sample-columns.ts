// Which features a tree may ask: a seeded share of them, ascending. A pure function of (seed, use, tree), so that trees
// do not depend on the machine.
import { sequence, shuffle, streamOf } from '../../base/random.ts';

/** `share` of the features (at least one), or all. */
export function sampleColumns(features: number, share: number, seed: number, use: string, tree: number): Int32Array {
  const all = Int32Array.from({ length: features }, (_, i) => i);
  if (share >= 1) return all;
  return shuffle(all, sequence(seed, (streamOf(use) + tree) | 0)).slice(0, Math.max(1, Math.round(share * features))).sort();
}
