// The clusters of standardised features: their number given, or that of the best mean silhouette of 2 to 12 on a sample.
// Starts are compared on at most 8,000 rows; the best goes on over all of them.
import type { WorkContext } from '../base/task.ts';
import { kMeans, lloyd, type KMeans } from './k-means.ts';
import { evenRows, takePoints, type Points } from './points.ts';
import { distancesOf, silhouette } from './silhouette.ts';
import type { StructureSpec, Tried } from './structure.ts';

export type FoundClusters = { readonly found: KMeans; readonly isChosen: boolean; readonly silhouette: number | null; readonly tried: Tried[] };

export const mostClusters = 12;
const silhouetteRows = 2_000;
const startRows = 8_000;
const startCells = 1_600_000;
const triedStarts = 3;
const starts = 20;

/** Null when there are fewer than three rows, or the person stopped before any number was tried. The largest cluster is the first. */
export async function findClusters(points: Points, spec: StructureSpec, context: WorkContext, done: (share: number, text: string) => void): Promise<FoundClusters | null> {
  if (points.rows < 3 || points.width === 0) return null;
  const seed = spec.seed;
  const few = takePoints(points, evenRows(points.rows, silhouetteRows));
  const distances = await distancesOf(few, context, (share) => done(0.2 * share, 'measuring distances'));
  const tried: Tried[] = [];
  const isChosen = spec.clusters === 0;
  for (let k = 2; isChosen && k <= Math.min(mostClusters, few.rows - 1); k++) {
    done(0.2 + 0.05 * (k - 2), `trying ${k} clusters`);
    const one = await kMeans(few, k, { starts: triedStarts, seed }, context);
    const value = one.k === k ? silhouette(distances, one.codes, k) : null;
    if (value !== null) tried.push({ k, silhouette: value, inertia: one.inertia / few.rows });
    if ((await context.breathe()) === 'stop') break;
  }
  if (isChosen && tried.length === 0) return null;
  const wanted = isChosen ? tried.reduce((best, one) => (one.silhouette > best.silhouette ? one : best)).k : Math.min(spec.clusters, points.rows);
  const some = evenRows(points.rows, Math.max(silhouetteRows, Math.min(startRows, Math.floor(startCells / points.width))));
  const first = await kMeans(some.length < points.rows ? takePoints(points, some) : points, wanted, { starts, seed }, context, (share) => done(0.75 + 0.15 * share, `finding ${wanted} clusters`));
  const found = bySize(some.length < points.rows ? await lloyd(points, first.centres, context) : first, points.width);
  done(1, 'clusters found');
  const codes = Int32Array.from(evenRows(points.rows, silhouetteRows), (row) => found.codes[row]);
  return { found, isChosen, silhouette: silhouette(distances, codes, found.k), tried };
}

/** The same clusters, numbered by size; empty ones left out. */
function bySize(found: KMeans, width: number): KMeans {
  const sizes = new Float64Array(found.k);
  for (const code of found.codes) sizes[code]++;
  const order = Array.from(sizes, (_, c) => c).filter((c) => sizes[c] > 0).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const place = new Int32Array(found.k);
  const centres = new Float64Array(order.length * width);
  order.forEach((c, at) => {
    place[c] = at;
    centres.set(found.centres.subarray(c * width, (c + 1) * width), at * width);
  });
  return { ...found, k: order.length, centres, codes: found.codes.map((code) => place[code]) };
}
