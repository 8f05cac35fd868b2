// Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting one half
// (Mann-Whitney). Multiclass: macro one-vs-rest over the classes that occur, as scikit-learn's multi_class='ovr'.
import { defineMetric } from './metric.ts';
import { oneVsRest } from './one-vs-rest.ts';
import type { Ranking } from './rank-scores.ts';

export const rocAuc = defineMetric({
  type: 'roc-auc',
  label: 'ROC AUC',
  help: 'Chance that a positive row ranks above a negative one: 1 is perfect, 0.5 is chance. Blind to calibration.',
  tasks: ['binary', 'multiclass'],
  better: 'higher',
  bounds: [0, 1],
  prepare: (truth, predicted) => oneVsRest(truth, predicted, areaUnderRoc),
});

/** NaN unless both classes have weight. Classes are multiplied in, not branched on: a branch on them is a coin toss. */
export function areaUnderRoc({ order, ends }: Ranking, positive: Uint8Array, weight: Float32Array | null): number {
  let above = 0;
  let below = 0;
  let area = 0;
  let groupPositive = 0;
  let groupNegative = 0;
  for (let i = 0; i < order.length; i++) {
    const w = weight ? weight[order[i]] : 1;
    const hit = w * positive[i];
    groupPositive += hit;
    groupNegative += w - hit;
    if (!ends[i]) continue;
    area += groupNegative * (above + groupPositive / 2);
    above += groupPositive;
    below += groupNegative;
    groupPositive = groupNegative = 0;
  }
  return above > 0 && below > 0 ? Math.min(1, area / (above * below)) : NaN;
}
