// Monotone directions for leaf values that were not bounded while the tree grew: renewed ones (medians, quantiles), refitted
// ones. Where a tree splits by a feature with a sign, every leaf of its lower side stays at or below the middle of the two
// sides' means and every leaf of the upper side at or above it, from the root down. Trees that keep the order keep it exactly.
import { BarnacleError } from '../../base/errors.ts';

/** Children after parents; `~leaf` where a branch ends; `feature` counts as `signs` do. */
export type Branches = readonly { readonly feature: number; readonly left: number; readonly right: number }[];

/** Moves `values` (by leaf, with the weight of each) as little as the rule asks; signs +1, -1 or 0 by feature. */
export function orderLeaves(nodes: Branches, signs: ArrayLike<number>, values: Float64Array, weights: ArrayLike<number>): void {
  if (!nodes.some(({ feature }) => signs[feature] !== 0)) return;
  const [sums, totals] = [new Float64Array(nodes.length), new Float64Array(nodes.length)];
  const totalOf = (id: number): number => (id < 0 ? weights[~id] : totals[id]);
  const meanOf = (id: number): number => (id < 0 ? values[~id] : sums[id] / totals[id]);
  for (let n = nodes.length - 1; n >= 0; n--) {
    for (const id of [nodes[n].left, nodes[n].right]) {
      if (!(totalOf(id) > 0)) continue;
      sums[n] += meanOf(id) * totalOf(id);
      totals[n] += totalOf(id);
    }
  }
  const low = new Float64Array(nodes.length).fill(-Infinity);
  const high = new Float64Array(nodes.length).fill(Infinity);
  const bound = (id: number, from: number, to: number): void => {
    if (id < 0) values[~id] = Math.min(to, Math.max(from, values[~id]));
    else [low[id], high[id]] = [from, to];
  };
  nodes.forEach(({ feature, left, right }, n) => {
    const sign = signs[feature];
    const sides = [left, right].filter((id) => totalOf(id) > 0);
    if (!sign || sides.length === 0) for (const id of [left, right]) bound(id, low[n], high[n]);
    else {
      const held = sides.map((id) => Math.min(high[n], Math.max(low[n], meanOf(id))));
      const middle = held.length > 1 ? held[0] + (held[1] - held[0]) / 2 : held[0];
      bound(sign > 0 ? left : right, low[n], middle);
      bound(sign > 0 ? right : left, middle, high[n]);
    }
  });
}

/** Throws bad-param when leaves of a tree stand against a sign: no later tree could keep a promise that an earlier one breaks. */
export function checkOrder(nodes: Branches, signs: ArrayLike<number>, values: ArrayLike<number>): void {
  const least = new Float64Array(nodes.length);
  const most = new Float64Array(nodes.length);
  for (let n = nodes.length - 1; n >= 0; n--) {
    const { feature, left, right } = nodes[n];
    const [a, b] = [left, right].map((id) => (id < 0 ? [values[~id], values[~id]] : [least[id], most[id]]));
    [least[n], most[n]] = [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
    if (signs[feature] > 0 ? a[1] > b[0] : signs[feature] < 0 && b[1] > a[0]) throw new BarnacleError('bad-param', `parameter monotone gives feature ${feature} a direction that the model to go on from does not keep; train from the start or leave the direction out`, { path: 'monotone', value: feature, expected: 'directions that the model was trained with' });
  }
}
