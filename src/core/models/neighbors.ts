// The rows themselves: what the nearest of them were says what a row is (Cover & Hart 1967).
// json: {k, metric: 'euclidean' | 'manhattan', by: 'uniform' | 'distance'}. arrays: center, scale (features); points
// (rows x features, standardised, single precision), truth (rows; class codes or values), weight (rows), prior (width of the
// truth: class rates, or the mean). Distances are of standardised features, missing at the centre. Equal distances: lower row.
// By distance, a neighbour counts 1 / (d / mean distance of the k + 0.001). Classes: (votes + prior) / (all votes + 1), so none is impossible.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { expectFloats } from './expect-floats.ts';
import { floatsOf } from './decode.ts';
import { defineModel, type Model } from './model.ts';
import { widthOf } from './width.ts';

export type NeighborsJson = { k: number; metric: 'euclidean' | 'manhattan'; by: 'uniform' | 'distance' };

export const neighbors = defineModel({
  type: 'neighbors',
  label: 'Nearest neighbours',
  check(model) {
    const json = readJson(model);
    for (const name of ['center', 'scale']) expectFloats(model, name, model.features);
    const rows = floatsOf(model, 'truth').length;
    if (rows < 1 || json.k > rows) throw broken(`k ${json.k} is not in [1, ${rows} rows]`);
    const truth = expectFloats(model, 'truth', rows);
    expectFloats(model, 'points', rows * model.features);
    const classes = classesOf(model);
    if (!expectFloats(model, 'weight', rows).every((w) => w >= 0)) throw broken('a weight is below 0');
    expectFloats(model, 'prior', Math.max(1, classes));
    if (classes > 0 && !truth.every((code) => Number.isInteger(code) && code >= 0 && code < classes)) throw broken('a truth is no class');
  },
  predict(model, matrix) {
    const { task, classes, features } = model;
    const { k, metric, by } = readJson(model);
    const width = widthOf(task, classes.length);
    const [center, scale, points, truth, weight, prior] = ['center', 'scale', 'points', 'truth', 'weight', 'prior'].map((name) => floatsOf(model, name));
    const values = new Float64Array(matrix.rows * width);
    const query = new Float64Array(features);
    const found: Found = { distance: new Float64Array(k), row: new Int32Array(k), count: 0 };
    const votes = new Float64Array(Math.max(1, classesOf(model)));
    for (let row = 0; row < matrix.rows; row++) {
      for (let j = 0; j < features; j++) {
        const x = matrix.data[j][row];
        query[j] = x === x ? Math.fround((x - center[j]) * scale[j]) : 0;
      }
      seekNearest(query, points, truth.length, metric === 'manhattan', found);
      const total = voteNearest(found, metric, by, truth, weight, votes, task !== 'regression');
      if (task === 'regression') values[row] = total > 0 ? votes[0] / total : prior[0];
      else if (width === 1) values[row] = (votes[1] + prior[1]) / (total + 1);
      else for (let c = 0; c < width; c++) values[row * width + c] = (votes[c] + prior[c]) / (total + 1);
    }
    return { task, classes, rows: matrix.rows, width, values };
  },
});

/** What `seekNearest` found: squared (Euclidean) or plain (Manhattan) distances, nearest first, of `count` rows. */
export type Found = { readonly distance: Float64Array; readonly row: Int32Array; count: number };

/** The nearest points, as many as `found` has room for, equal distances by lower row; `skip` is left out. A point is given up once it is farther than the last of them. */
export function seekNearest(query: Float64Array, points: Float64Array | Float32Array, rows: number, isManhattan: boolean, found: Found, skip = -1): void {
  const { distance, row } = found;
  const [features, k] = [query.length, distance.length];
  found.count = 0;
  let bar = Infinity;
  for (let p = 0, at = 0; p < rows; p++, at += features) {
    if (p === skip) continue;
    let sum = 0;
    let j = 0;
    for (; j + 3 < features && sum < bar; j += 4) {
      const [a, b, c, d] = [query[j] - points[at + j], query[j + 1] - points[at + j + 1], query[j + 2] - points[at + j + 2], query[j + 3] - points[at + j + 3]];
      sum += isManhattan ? Math.abs(a) + Math.abs(b) + (Math.abs(c) + Math.abs(d)) : a * a + b * b + (c * c + d * d);
    }
    for (; j < features && sum < bar; j++) {
      const gap = query[j] - points[at + j];
      sum += isManhattan ? Math.abs(gap) : gap * gap;
    }
    if (!(sum < bar)) continue;
    let i = found.count < k ? found.count++ : k - 1;
    for (; i > 0 && distance[i - 1] > sum; i--) {
      distance[i] = distance[i - 1];
      row[i] = row[i - 1];
    }
    distance[i] = sum;
    row[i] = p;
    if (found.count === k) bar = distance[k - 1];
  }
}

/** Writes the votes (for each class, or the weighted sum of values in votes[0]); returns their total. */
export function voteNearest(found: Found, metric: string, by: string, truth: ArrayLike<number>, weight: ArrayLike<number>, votes: Float64Array, isClass: boolean): number {
  const { distance, row, count } = found;
  votes.fill(0);
  let [mean, total] = [0, 0];
  for (let i = 0; i < count; i++) mean += (metric === 'euclidean' ? Math.sqrt(distance[i]) : distance[i]) / count;
  for (let i = 0; i < count; i++) {
    const d = metric === 'euclidean' ? Math.sqrt(distance[i]) : distance[i];
    const share = weight[row[i]] * (by === 'distance' && mean > 0 ? 1 / (d / mean + 0.001) : 1);
    if (isClass) votes[truth[row[i]]] += share;
    else votes[0] += share * truth[row[i]];
    total += share;
  }
  return total;
}

const classesOf = (model: Model): number => (model.task === 'regression' ? 0 : Math.max(2, model.classes.length));

function readJson(model: Model): NeighborsJson {
  const { k, metric, by } = model.json as JsonObject;
  if (typeof k !== 'number' || !Number.isInteger(k) || k < 1 || k > 10_000) throw broken(`k ${JSON.stringify(k)} is not in [1, 10000]`);
  if (metric !== 'euclidean' && metric !== 'manhattan') throw broken(`metric ${JSON.stringify(metric)} is unknown`);
  if (by !== 'uniform' && by !== 'distance') throw broken(`weighting ${JSON.stringify(by)} is unknown`);
  return { k, metric, by };
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `neighbours model: ${reason}`, { reason });
