// Discounted cumulative gain (Jarvelin and Kekalainen, 2002): sum of (2^relevance - 1) / log2(2 + rank), rank from 0.
// Equal scores share the gains of their ranks (McSherry and Najork, 2008; scikit-learn's ndcg_score), so the order of rows
// in a file that is sorted by relevance gives nothing away.
import { log } from '../base/numerics.ts';
import type { Queries } from './queries.ts';
import { rankByScore } from './rank-by-score.ts';

/** Most relevance: gains are 2^30 - 1 at the top. */
export const MOST_RELEVANCE = 30;

export const gainOf = (relevance: number): number => (1 << relevance) - 1;

/** The first `count` discounts, from rank 0. */
export function discountsOf(count: number): Float64Array {
  const out = new Float64Array(count);
  for (let rank = 0; rank < count; rank++) out[rank] = log(2) / log(2 + rank);
  return out;
}

/** The best DCG at `depth` that an order of rows[from .. to) can have. Relevances are whole numbers of 0 to MOST_RELEVANCE. */
export function bestDcg(rows: Int32Array, from: number, to: number, relevance: Float64Array, discounts: Float64Array, depth: number): number {
  const counts = new Int32Array(MOST_RELEVANCE + 1);
  for (let i = from; i < to; i++) counts[relevance[rows[i]]]++;
  let sum = 0;
  let rank = 0;
  const end = Math.min(depth, to - from);
  for (let level = MOST_RELEVANCE; level > 0 && rank < end; level--) for (let n = counts[level]; n > 0 && rank < end; n--) sum += gainOf(level) * discounts[rank++];
  return sum;
}

/** NDCG at `depth` of every step-th query; 1 for a query without a relevant row. */
export function ndcgOf(scores: Float64Array, relevance: Float64Array, { count, rows, starts, longest }: Queries, depth: number, step = 1): Float64Array {
  const discounts = discountsOf(Math.min(longest, depth));
  const order = rows.slice();
  const spare = new Int32Array(rows.length);
  const out = new Float64Array(Math.ceil(count / step));
  for (let q = 0; q < count; q += step) {
    const best = bestDcg(rows, starts[q], starts[q + 1], relevance, discounts, depth);
    rankByScore(order, spare, starts[q], starts[q + 1], scores);
    out[q / step] = best > 0 ? sharedDcg(order, starts[q], starts[q + 1], scores, relevance, discounts) / best : 1;
  }
  return out;
}

/** DCG of rows in that order of scores; ties get the mean gain of their rows at each of their ranks. */
function sharedDcg(order: Int32Array, from: number, to: number, scores: Float64Array, relevance: Float64Array, discounts: Float64Array): number {
  let sum = 0;
  for (let i = from; i < to && i - from < discounts.length; ) {
    let end = i;
    let gains = 0;
    while (end < to && scores[order[end]] === scores[order[i]]) gains += gainOf(relevance[order[end++]]);
    let share = 0;
    for (let rank = i - from; rank < end - from && rank < discounts.length; rank++) share += discounts[rank];
    sum += (gains / (end - i)) * share;
    i = end;
  }
  return sum;
}

/** Mean weight of the rows of every step-th query: 1 each without weights. */
export function queryWeights(weight: Float32Array | null, { count, rows, starts }: Queries, step = 1): Float64Array {
  const out = new Float64Array(Math.ceil(count / step)).fill(1);
  if (!weight) return out;
  for (let q = 0; q < count; q += step) {
    let sum = 0;
    for (let i = starts[q]; i < starts[q + 1]; i++) sum += weight[rows[i]];
    out[q / step] = sum / (starts[q + 1] - starts[q]);
  }
  return out;
}
