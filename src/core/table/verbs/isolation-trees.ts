// Isolation trees (Liu, Ting and Zhou, Isolation Forest, ICDM 2008): rows are split at random until each is alone; the
// fewer splits that takes, the more a row differs from the rest. In: columns of numbers (NaN = missing, which takes the
// side with more rows) and a few rows. Out: a tree in arrays. The same for the same seed, everywhere.
// For single-precision columns the cuts are exact single-precision numbers.
import { exp, log } from '../../base/numerics.ts';
import type { Random } from '../../base/random.ts';
import { sequence } from '../../base/random.ts';

/** Rows of a tree, as the authors chose. */
export const ISOLATION_SAMPLE = 256;
const LN2 = 0.6931471805599453;

/** Nodes in preorder: left is node + 1. value <= cut goes left. Feature -1 = a leaf, whose cut is the length of its path. `rows` of the sample come by. */
export type IsolationTree = { feature: Int32Array; cut: Float64Array; right: Int32Array; missingLeft: Uint8Array; rows: Int32Array };
type Columns = readonly (Float32Array | Float64Array)[];

/** Tree `index` of a forest, on a sample of its own. */
export function isolationTree(columns: Columns, rows: number, seed: number, index: number): IsolationTree {
  const random = sequence(seed, `isolation tree ${index}`);
  const size = Math.min(ISOLATION_SAMPLE, rows);
  return grow(columns, drawRows(rows, size, random), isolationDepth(size), random);
}

/** The depth at which an average tree of n rows has told them apart. */
export const isolationDepth = (n: number): number => Math.ceil(log(Math.max(2, n)) / LN2 - 1e-9);

/** The mean path length of an unsuccessful search among n: what path lengths are measured in. */
export function averagePath(n: number): number {
  if (n <= 2) return 1;
  return 2 * (log(n - 1) + 0.5772156649015329) - (2 * (n - 1)) / n;
}

/** 2^-(mean path length / averagePath(rows of a tree)): a score in (0, 1), higher = more alone. */
export const isolationScore = (share: number): number => exp(-LN2 * share);

/** `wanted` of the rows without replacement, ascending (Floyd's algorithm, 1987). */
function drawRows(rows: number, wanted: number, random: Random): Int32Array {
  const drawn = new Set<number>();
  for (let top = rows - wanted; top < rows; top++) {
    const row = random.below(top + 1);
    drawn.add(drawn.has(row) ? top : row);
  }
  return Int32Array.from(drawn).sort();
}

function grow(columns: Columns, sample: Int32Array, depth: number, random: Random): IsolationTree {
  const feature: number[] = [];
  const cut: number[] = [];
  const right: number[] = [];
  const missingLeft: number[] = [];
  const counts: number[] = [];
  const build = (rows: Int32Array, level: number): number => {
    const node = feature.push(-1) - 1;
    cut.push(level + (rows.length > 1 ? averagePath(rows.length) : 0));
    right.push(-1);
    missingLeft.push(0);
    counts.push(rows.length);
    if (level >= depth || rows.length < 2) return node;
    const split = drawSplit(columns, rows, random);
    if (!split) return node;
    const values = columns[split.feature];
    const low = rows.filter((row) => values[row] <= split.cut);
    const high = rows.filter((row) => values[row] > split.cut);
    const gone = rows.filter((row) => values[row] !== values[row]);
    const isLeft = low.length >= high.length;
    feature[node] = split.feature;
    cut[node] = split.cut;
    missingLeft[node] = Number(isLeft);
    build(isLeft && gone.length ? Int32Array.of(...low, ...gone) : low, level + 1);
    right[node] = build(!isLeft && gone.length ? Int32Array.of(...high, ...gone) : high, level + 1);
    return node;
  };
  build(sample, 0);
  return { feature: Int32Array.from(feature), cut: Float64Array.from(cut), right: Int32Array.from(right), missingLeft: Uint8Array.from(missingLeft), rows: Int32Array.from(counts) };
}

/** A feature that varies among the rows, each as likely, and a cut from its least value to below its greatest; null when none varies. */
function drawSplit(columns: Columns, rows: Int32Array, random: Random): { feature: number; cut: number } | null {
  const left = Int32Array.from(columns, (_, f) => f);
  for (let count = left.length; count > 0; count--) {
    const place = random.below(count);
    const feature = left[place];
    left[place] = left[count - 1];
    const values = columns[feature];
    let low = Infinity;
    let high = -Infinity;
    for (const row of rows) {
      if (values[row] < low) low = values[row];
      if (values[row] > high) high = values[row];
    }
    if (!(high > low) || !Number.isFinite(high - low)) continue;
    const drawn = low + random.unit() * (high - low);
    const cut = values instanceof Float32Array ? Math.fround(drawn) : drawn;
    return { feature, cut: cut >= low && cut < high ? cut : low };
  }
  return null;
}
