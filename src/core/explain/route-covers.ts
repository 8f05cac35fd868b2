// Rows -> how many of them (or their weight) come to each leaf of a `trees` model: covers for a model that holds none.
import type { JsonObject } from '../base/json.ts';
import type { Model } from '../models/model.ts';
import { goesLeft, nodesOf } from '../models/trees-nodes.ts';
import type { Matrix } from '../table/matrix.ts';

/** In the order of leaves; every tree's covers sum to the rows (or to their weight). */
export function routeCovers(model: Model, matrix: Matrix): Float64Array {
  const nodes = nodesOf(model);
  const { sizes, left, right, place, features } = nodes;
  const covers = new Float64Array(left.length + Number((model.json as JsonObject).trees));
  for (let tree = 0, first = 0; tree < sizes.length; first += sizes[tree++]) {
    for (let row = 0; row < matrix.rows; row++) {
      let at = sizes[tree] > 0 ? 0 : ~0;
      while (at >= 0) at = goesLeft(nodes, first + at, matrix.data[features[place[first + at]]][row]) ? left[first + at] : right[first + at];
      covers[first + tree + ~at] += matrix.weight ? matrix.weight[row] : 1;
    }
  }
  return covers;
}
