// How easily each row is told apart from the others: an isolation forest (Liu, Ting and Zhou, 2008) of 100 trees, each on
// 256 rows, splits drawn at random between the least and the greatest value. In: columns of numbers, NaN = missing (it takes
// the side with more rows). Out: a score per row in (0, 1), higher = more alone. The same for the same seed, everywhere.
import { exp, log } from '../base/numerics.ts';
import { sequence, type Random } from '../base/random.ts';
import { sampleRows } from '../table/verbs/sample.ts';

const TREES = 100;
const SAMPLE = 256;
const LN2 = 0.6931471805599453;

/** A tree in arrays: feature -1 = leaf, whose `at` is the path length; left is node + 1. */
type Tree = { feature: Int32Array; at: Float64Array; right: Int32Array; missingLeft: Uint8Array };

export function isolationScores(columns: readonly Float64Array[], rows: number, seed: number): Float64Array {
  const size = Math.min(SAMPLE, rows);
  const depth = Math.ceil(log(Math.max(2, size)) / LN2);
  const sums = new Float64Array(rows);
  for (let t = 0; t < TREES; t++) {
    const random = sequence(seed, `isolation tree ${t}`);
    addPaths(grow(columns, sampleRows(rows, size, (seed * 131 + t) | 0), depth, random), columns, sums);
  }
  const norm = averagePath(size) * TREES;
  return sums.map((sum) => exp((-LN2 * sum) / norm));
}

/** The mean path length of an unsuccessful search among n. */
function averagePath(n: number): number {
  if (n < 2) return 1;
  return n === 2 ? 1 : 2 * (log(n - 1) + 0.5772156649015329) - (2 * (n - 1)) / n;
}

function grow(columns: readonly Float64Array[], sample: Int32Array, depth: number, random: Random): Tree {
  const feature: number[] = [];
  const at: number[] = [];
  const right: number[] = [];
  const missingLeft: number[] = [];
  const build = (rows: Int32Array, level: number): number => {
    const node = feature.push(-1) - 1;
    at.push(level + (rows.length > 1 ? averagePath(rows.length) : 0));
    right.push(-1);
    missingLeft.push(0);
    if (level >= depth || rows.length < 2) return node;
    const split = drawSplit(columns, rows, random);
    if (!split) return node;
    const [values, cut] = [columns[split.feature], split.cut];
    const low = rows.filter((row) => values[row] < cut);
    const high = rows.filter((row) => values[row] >= cut);
    const gone = rows.filter((row) => values[row] !== values[row]);
    const isLeft = low.length >= high.length;
    feature[node] = split.feature;
    at[node] = cut;
    missingLeft[node] = isLeft ? 1 : 0;
    build(isLeft && gone.length ? Int32Array.of(...low, ...gone) : low, level + 1);
    right[node] = build(!isLeft && gone.length ? Int32Array.of(...high, ...gone) : high, level + 1);
    return node;
  };
  build(sample, 0);
  return { feature: Int32Array.from(feature), at: Float64Array.from(at), right: Int32Array.from(right), missingLeft: Uint8Array.from(missingLeft) };
}

/** A feature that varies among the rows and a cut within its range; null when none varies. */
function drawSplit(columns: readonly Float64Array[], rows: Int32Array, random: Random): { feature: number; cut: number } | null {
  const from = random.below(columns.length);
  for (let k = 0; k < columns.length; k++) {
    const feature = (from + k) % columns.length;
    let low = Infinity;
    let high = -Infinity;
    for (const row of rows) {
      const value = columns[feature][row];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (!(high > low) || !Number.isFinite(high - low)) continue;
    const cut = low + random.unit() * (high - low);
    return { feature, cut: cut > low ? cut : high };
  }
  return null;
}

function addPaths({ feature, at, right, missingLeft }: Tree, columns: readonly Float64Array[], sums: Float64Array): void {
  for (let row = 0; row < sums.length; row++) {
    let node = 0;
    while (feature[node] >= 0) {
      const value = columns[feature[node]][row];
      node = value < at[node] || (value !== value && missingLeft[node]) ? node + 1 : right[node];
    }
    sums[row] += at[node];
  }
}
