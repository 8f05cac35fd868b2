// How many neighbours: leave-one-out log loss or squared error of the kept rows (2,000 of them at even steps at most, each
// asked of all others), for odd k up to 51. The nearest 51 are found once; the least loss wins, ties to the larger k.
import { log } from '../../base/numerics.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Model } from '../../models/model.ts';
import { seekNearest, voteNearest, type Found } from '../../models/neighbors.ts';
import type { FitContext } from '../learner.ts';

const candidates = [1, 3, 5, 7, 9, 11, 15, 21, 31, 51];
const asked = 2000;

/** Reports a point for each k; a stop keeps the best of what was asked. */
export async function chooseK(model: Model, context: FitContext): Promise<number> {
  const { metric, by } = model.json as JsonObject;
  const [points, truth, weight, prior] = ['points', 'truth', 'weight', 'prior'].map((name) => model.arrays[name] as Float64Array | Float32Array);
  const rows = truth.length;
  const usable = candidates.filter((k) => k < rows);
  if (usable.length === 0) {
    context.report({ stage: 'fit', done: 1, text: 'one neighbour: too few rows to choose', point: { step: 1, train: null, valid: null, rowsPerSecond: null } });
    return 1;
  }
  const losses = new Float64Array(usable.length);
  const stride = Math.max(1, Math.ceil(rows / asked));
  const isClass = model.task !== 'regression';
  const votes = new Float64Array(prior.length);
  const most = usable[usable.length - 1];
  const near: Found = { distance: new Float64Array(most), row: new Int32Array(most), count: 0 };
  let seen = 0;
  for (let row = 0; row < rows; row += stride) {
    seekNearest(Float64Array.from(points.subarray(row * model.features, (row + 1) * model.features)), points, rows, metric === 'manhattan', near, row);
    seen += weight[row];
    usable.forEach((k, c) => {
      const total = voteNearest({ ...near, count: k }, metric as string, by as string, truth, weight, votes, isClass);
      const own = truth[row];
      losses[c] += weight[row] * (isClass ? -log(Math.max(1e-12, (votes[own] + prior[own]) / (total + 1))) : (own - (total > 0 ? votes[0] / total : prior[0])) ** 2);
    });
    if ((row / stride) % 64 === 0 && (await context.breathe()) === 'stop') break;
  }
  let best = 0;
  usable.forEach((k, c) => {
    const loss = losses[c] / Math.max(1e-300, seen);
    context.report({
      stage: 'fit',
      done: (c + 1) / usable.length,
      text: `${k} neighbours: leave-one-out loss ${loss.toPrecision(4)}`,
      point: { step: k, train: null, valid: loss, rowsPerSecond: null },
    });
    if (losses[c] <= losses[best]) best = c;
  });
  return usable[best];
}
