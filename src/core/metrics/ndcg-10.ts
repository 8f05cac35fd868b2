// Mean NDCG of the first ten rows of each query: how near the order by prediction comes to the best order.
import { MOST_RELEVANCE, ndcgOf, queryWeights } from './dcg.ts';
import { defineMetric } from './metric.ts';
import { queriesOf } from './queries.ts';

const DEPTH = 10;

export const ndcg10 = defineMetric({
  type: 'ndcg-10',
  label: 'NDCG@10',
  help: 'Rankings: how near the first ten of each query come to the best order, grades counting 2^grade - 1. 1 is perfect. Needs a group column and grades of 0 to 30; a query weighs the mean weight of its rows.',
  tasks: ['regression'],
  better: 'higher',
  bounds: [0, 1],
  special: true,
  prepare(truth, predicted, groups) {
    if (truth.kind !== 'value' || !groups || predicted.rows === 0 || !truth.values.every(isGrade)) return () => NaN;
    const queries = queriesOf(groups);
    const found = ndcgOf(predicted.values, truth.values, queries, DEPTH);
    return (weight) => {
      const weights = queryWeights(weight, queries);
      let sum = 0;
      let total = 0;
      for (let q = 0; q < found.length; q++) {
        sum += weights[q] * found[q];
        total += weights[q];
      }
      return Math.min(1, sum / total);
    };
  },
});

const isGrade = (value: number): boolean => value >= 0 && value <= MOST_RELEVANCE && Number.isInteger(value);
