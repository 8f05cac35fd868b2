// k-means by Lloyd's turns with Hamerly's bounds ("Making k-means Even Faster", 2010): one upper and one lower bound per row
// spare most distances and change no result. Weighted; the best of several k-means++ starts by inertia. A cluster that runs
// empty takes the row farthest from its centre. Same points and seed, same clusters.
import { sequence } from '../base/random.ts';
import type { WorkContext } from '../base/task.ts';
import { squaredGap, type Points } from './points.ts';
import { seedCentres } from './seed-centres.ts';

export interface KMeans {
  readonly k: number;
  /** k x width, row-major. */
  readonly centres: Float64Array;
  /** Cluster of each row. */
  readonly codes: Int32Array;
  /** Weighted sum of squared distances to the nearest centre. */
  readonly inertia: number;
  readonly turns: number;
}

const mostTurns = 300;
const tolerance = 1e-10;

/** The best of `starts`; `k` may come out lower when there are fewer distinct rows. A stop keeps the best start so far. */
export async function kMeans(points: Points, k: number, options: { readonly starts: number; readonly seed: number }, context: WorkContext, done: (share: number) => void = () => {}): Promise<KMeans> {
  let best: KMeans | null = null;
  for (let start = 0; start < options.starts; start++) {
    const found = await lloyd(points, seedCentres(points, k, sequence(options.seed, `k-means ${k} ${start}`)), context);
    if (best === null || found.inertia < best.inertia) best = found;
    done((start + 1) / options.starts);
    if ((await context.breathe()) === 'stop') break;
  }
  return best!;
}

/** Lloyd's turns from given centres (k x width), until no row changes its cluster or the centres rest. */
export async function lloyd(points: Points, first: Float64Array, context: WorkContext): Promise<KMeans> {
  const { rows, width } = points;
  const k = width > 0 ? first.length / width : 1;
  const centres = first.slice();
  const state = { codes: new Int32Array(rows), upper: new Float64Array(rows).fill(Infinity), lower: new Float64Array(rows) };
  let turns = 0;
  for (let changed = rows; changed > 0 && turns < mostTurns; turns++) {
    changed = assign(points, centres, state);
    const moved = moveCentres(points, centres, state, k);
    loosen(state, moved);
    if (moved.every((by) => by <= tolerance)) break;
    if (turns % 8 === 7 && (await context.breathe()) === 'stop') break;
  }
  state.upper.fill(Infinity);
  state.lower.fill(0);
  assign(points, centres, state);
  let inertia = 0;
  for (let row = 0; row < rows; row++) inertia += (points.weight ? points.weight[row] : 1) * squaredGap(points.z, row * width, centres, state.codes[row] * width, width);
  return { k, centres, codes: state.codes, inertia, turns };
}

type State = { readonly codes: Int32Array; /** At least the distance to the own centre. */ readonly upper: Float64Array; /** At most the distance to any other. */ readonly lower: Float64Array };

/** The nearest centre of each row (the first of equals); how many rows changed. */
function assign({ rows, width, z }: Points, centres: Float64Array, { codes, upper, lower }: State): number {
  const k = centres.length / Math.max(1, width);
  const half = new Float64Array(k).fill(Infinity);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) if (a !== b) half[a] = Math.min(half[a], Math.sqrt(squaredGap(centres, a * width, centres, b * width, width)) / 2);
  let changed = 0;
  for (let row = 0; row < rows; row++) {
    const own = codes[row];
    const bound = Math.max(half[own], lower[row]);
    if (upper[row] < bound) continue;
    if (upper[row] !== Infinity) {
      upper[row] = Math.sqrt(squaredGap(z, row * width, centres, own * width, width));
      if (upper[row] < bound) continue;
    }
    let [near, next, at] = [Infinity, Infinity, 0];
    for (let c = 0; c < k; c++) {
      const gap = squaredGap(z, row * width, centres, c * width, width);
      if (gap < near) [near, next, at] = [gap, near, c];
      else if (gap < next) next = gap;
    }
    upper[row] = Math.sqrt(near);
    lower[row] = Math.sqrt(next);
    if (at !== own) {
      codes[row] = at;
      changed++;
    }
  }
  return changed;
}

/** Each centre to the mean of its rows; how far each moved. */
function moveCentres(points: Points, centres: Float64Array, state: State, k: number): Float64Array {
  const { rows, width, z, weight } = points;
  const sums = new Float64Array(k * width);
  const mass = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    const [code, w] = [state.codes[row], weight ? weight[row] : 1];
    mass[code] += w;
    for (let j = 0, at = code * width, from = row * width; j < width; j++) sums[at + j] += w * z[from + j];
  }
  const taken = new Set<number>();
  const moved = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    const next = new Float64Array(width);
    if (mass[c] > 0) for (let j = 0; j < width; j++) next[j] = sums[c * width + j] / mass[c];
    else {
      const row = farthest(points, centres, state.codes, taken);
      taken.add(row);
      next.set(z.subarray(row * width, (row + 1) * width));
    }
    moved[c] = Math.sqrt(squaredGap(centres, c * width, next, 0, width));
    centres.set(next, c * width);
  }
  return moved;
}

function farthest({ rows, width, z, weight }: Points, centres: Float64Array, codes: Int32Array, taken: ReadonlySet<number>): number {
  let [best, gap] = [0, -1];
  for (let row = 0; row < rows; row++) {
    if (taken.has(row) || (weight && !(weight[row] > 0))) continue;
    const here = squaredGap(z, row * width, centres, codes[row] * width, width);
    if (here > gap) [best, gap] = [row, here];
  }
  return best;
}

function loosen({ codes, upper, lower }: State, moved: Float64Array): void {
  let [first, second, at] = [0, 0, -1];
  moved.forEach((by, c) => {
    if (by > first) [first, second, at] = [by, first, c];
    else if (by > second) second = by;
  });
  for (let row = 0; row < codes.length; row++) {
    upper[row] += moved[codes[row]];
    lower[row] -= codes[row] === at ? second : first;
  }
}
