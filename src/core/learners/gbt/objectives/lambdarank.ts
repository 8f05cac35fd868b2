// LambdaRank (Burges, 2010) as LightGBM has it: for every pair of a query's rows of unequal relevance, at least one of them
// among the first `rankDepth`, the logistic loss on the score difference times what swapping them does to NDCG; divided by
// 0.01 + |difference| and each query's sum damped by log2(1 + s) / s.
// Ties stand in row order. Loss: 1 - mean NDCG@10, ties sharing their ranks.
import { exp, log } from '../../../base/numerics.ts';
import { bestDcg, discountsOf, gainOf, MOST_RELEVANCE, ndcgOf, queryWeights } from '../../../metrics/dcg.ts';
import { queriesOf } from '../../../metrics/queries.ts';
import type { Queries } from '../../../metrics/queries.ts';
import { rankByScore } from '../../../metrics/rank-by-score.ts';
import { badTarget } from './check-values.ts';
import { defineObjective } from './objective.ts';
import type { LossRows } from './objective.ts';
import { measureRanges } from './ranges.ts';

const NDCG_DEPTH = 10;

export const lambdarank = defineObjective({
  type: 'lambdarank',
  label: 'Ranking (LambdaRank)',
  help: 'Orders the rows of each query so that the relevant ones come first. The target is a grade, 0 (irrelevant) to 30; the recipe names the column of the query.',
  tasks: ['regression'],
  kernel: null,
  link: 'identity',
  reads: ['rankDepth'],
  grouped: true,
  maxStep: Infinity,
  judges: () => ['ndcg-10'],
  outputs: () => 1,
  check({ target, groups, rows }) {
    if (!groups) throw badTarget('lambdarank', 'is to be ranked within queries and the rows have none; name the column of the query ("group") in the recipe');
    for (let i = 0; i < rows; i++) {
      if (!(target[i] >= 0 && target[i] <= MOST_RELEVANCE && Number.isInteger(target[i]))) throw badTarget('lambdarank', `has the value ${target[i]} and ranking needs whole grades from 0 to ${MOST_RELEVANCE}; grade the rows or choose squared`);
    }
  },
  open(train, params) {
    const queries = queriesOf(train.groups!);
    const sweep = openSweep(train, queries, params.rankDepth);
    const known = new WeakMap<LossRows, Queries>([[train, queries]]);
    return {
      start: () => Float64Array.of(0),
      gradients(scores, out, ranges) {
        out.fill(0, 0, 2 * train.rows);
        for (let q = 0; q < queries.count; q++) sweep(q, scores, out);
        measureRanges(out, train.weight, train.rows, 1, ranges);
      },
      mean(scores, of, step = 1) {
        let found = known.get(of);
        if (!found) known.set(of, (found = queriesOf(of.groups ?? new Int32Array(of.rows))));
        return 1 - meanNdcg(scores, of, found, step);
      },
      renew: null,
    };
  },
});

/** The gradients of one query, over rooms that are allocated once. */
function openSweep(train: LossRows, queries: Queries, depth: number): (query: number, scores: Float64Array, out: Float32Array) => void {
  const { target, weight } = train;
  const { rows, starts, longest } = queries;
  const discounts = discountsOf(Math.max(longest, depth));
  const best = Float64Array.from({ length: queries.count }, (_, q) => bestDcg(rows, starts[q], starts[q + 1], target, discounts, depth));
  const order = new Int32Array(rows.length);
  const spare = new Int32Array(rows.length);
  const score = new Float64Array(longest);
  const gain = new Float64Array(longest);
  const power = new Float64Array(longest);
  const lambda = new Float64Array(longest);
  const hessian = new Float64Array(longest);
  return (query, scores, out) => {
    const from = starts[query];
    const count = starts[query + 1] - from;
    if (!(best[query] > 0) || count < 2) return;
    for (let i = from; i < from + count; i++) order[i] = rows[i];
    rankByScore(order, spare, from, from + count, scores);
    const top = scores[order[from]];
    const spread = top - scores[order[from + count - 1]];
    for (let i = 0; i < count; i++) {
      score[i] = scores[order[from + i]];
      gain[i] = gainOf(target[order[from + i]]);
      power[i] = exp(score[i] - top);
      lambda[i] = hessian[i] = 0;
    }
    const isNear = spread < 600;
    const perDcg = 1 / best[query];
    let sum = 0;
    for (let i = 0; i < depth && i < count - 1; i++) {
      const scoreHere = score[i];
      const gainHere = gain[i];
      const powerHere = power[i];
      let pull = 0;
      let bends = 0;
      for (let j = i + 1; j < count; j++) {
        const lead = gainHere - gain[j];
        if (lead === 0) continue;
        const gap = scoreHere - score[j];
        const distance = spread > 0 ? 0.01 + gap : 1;
        const change = (lead > 0 ? lead : -lead) * (discounts[i] - discounts[j]) * perDcg;
        let wrong = lead > 0 ? power[j] : powerHere;
        let right = lead > 0 ? powerHere : power[j];
        if (!isNear) {
          wrong = lead > 0 ? exp(-gap) : 1;
          right = lead > 0 ? 1 : exp(-gap);
        }
        const inverse = 1 / ((wrong + right) * distance);
        const force = wrong * inverse * change;
        const bend = force * right * inverse * distance;
        const push = lead > 0 ? -force : force;
        pull += push;
        bends += bend;
        lambda[j] -= push;
        hessian[j] += bend;
        sum += 2 * force;
      }
      lambda[i] += pull;
      hessian[i] += bends;
    }
    const damp = sum > 0 ? log(1 + sum) / (log(2) * sum) : 1;
    for (let i = 0; i < count; i++) {
      const row = order[from + i];
      const scale = weight ? damp * weight[row] : damp;
      out[2 * row] = lambda[i] * scale;
      out[2 * row + 1] = hessian[i] * scale;
    }
  };
}

/** Mean over every step-th query of its NDCG, each with the mean weight of its rows. */
function meanNdcg(scores: Float64Array, { target, weight }: LossRows, queries: Queries, step: number): number {
  const found = ndcgOf(scores, target, queries, NDCG_DEPTH, step);
  const weights = queryWeights(weight, queries, step);
  let sum = 0;
  let total = 0;
  for (let q = 0; q < found.length; q++) {
    sum += weights[q] * found[q];
    total += weights[q];
  }
  return total > 0 ? sum / total : 1;
}
