// Average precision: the sum over distinct thresholds of precision times the step in recall, without interpolation
// (scikit-learn's average_precision_score). Multiclass: macro one-vs-rest over the classes that occur.
import { defineMetric } from './metric.ts';
import { oneVsRest } from './one-vs-rest.ts';
import type { Ranking } from './rank-scores.ts';

export const averagePrecision = defineMetric({
  type: 'average-precision',
  label: 'Average precision',
  help: 'Mean precision over the recall range: 1 is perfect, the share of positives is chance. Best when positives are rare.',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  bounds: [0, 1],
  prepare: (truth, predicted) => oneVsRest(truth, predicted, precisionArea),
});

/** NaN unless the positive class has weight. */
export function precisionArea({ order, ends }: Ranking, positive: Uint8Array, weight: Float32Array | null): number {
  let hits = 0;
  let seen = 0;
  let area = 0;
  let group = 0;
  for (let i = 0; i < order.length; i++) {
    const w = weight ? weight[order[i]] : 1;
    seen += w;
    group += w * positive[i];
    if (!ends[i] || seen === 0) continue;
    hits += group;
    area += (group * hits) / seen;
    group = 0;
  }
  return hits > 0 ? Math.min(1, area / hits) : NaN;
}
