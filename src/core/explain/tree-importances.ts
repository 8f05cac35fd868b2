// What a `trees` model says of its features by itself: no rows are needed.
// gain: share of all gain of the splits (0 to 1; stored when the model was made). splits: how many nodes ask the feature.
// cover: training rows (or their weight) that pass those nodes, summed over all trees (XGBoost's total_cover); null when the
// model holds no covers. One entry for each feature of the model, in order.
import type { Model } from '../models/model.ts';
import { nodeCovers, nodesOf } from '../models/trees-nodes.ts';

export type TreeImportance = { feature: number; gain: number; splits: number; cover: number | null };

/** Throws bad-bundle for a model that is no sound `trees` model. */
export function treeImportances(model: Model): TreeImportance[] {
  const nodes = nodesOf(model);
  const covers = nodeCovers(nodes);
  const gains = model.arrays.gains;
  const out = Array.from({ length: model.features }, (_, feature): TreeImportance => ({ feature, gain: 0, splits: 0, cover: covers ? 0 : null }));
  nodes.features.forEach((feature, place) => (out[feature].gain = gains[place]));
  for (let n = 0; n < nodes.place.length; n++) {
    const one = out[nodes.features[nodes.place[n]]];
    one.splits++;
    if (covers && one.cover !== null) one.cover += covers[n];
  }
  return out;
}
