// What a boosted fit has come to: its trees, the best round so far, and what the next round needs beyond the scores.
// Trees speak of the plan's features and bins. With dropout their values are kept as grown, and a weight for each round.
import type { TreeNode } from '../trees/kernels.ts';
import { onGrid } from './dart.ts';

/** values and covers (training rows, or their weight, that reached it) by leaf; values exact in single precision. */
export type GrownTree = { readonly nodes: readonly TreeNode[]; readonly values: Float32Array; readonly covers: Float64Array };

export type BoostState = {
  /** Rounds done in this fit. */
  round: number;
  /** The round with the least validation loss; loss null = never measured. */
  best: { round: number; loss: number | null };
  /** A tree found no split on its sample: from here on every row and column takes part. */
  isWhole: boolean;
  /** Outputs to a round, round after round. */
  readonly trees: GrownTree[];
  /** Gain by feature of the plan, over all rounds and up to the best. */
  readonly gains: Float64Array;
  bestGains: Float64Array;
  dart: { grid: number; weights: number[]; bestWeights: number[] } | null;
};

export const newState = (features: number, isDart: boolean): BoostState => ({
  round: 0,
  best: { round: 0, loss: null },
  isWhole: false,
  trees: [],
  gains: new Float64Array(features),
  bestGains: new Float64Array(features),
  dart: isDart ? { grid: 0, weights: [], bestWeights: [] } : null,
});

/** The values of tree `index` as they count now. */
export function valuesAt(state: BoostState, index: number, outputs: number, weights = state.dart?.weights): Float32Array {
  const { values } = state.trees[index];
  if (!state.dart || !weights) return values;
  const { grid } = state.dart;
  const weight = weights[Math.floor(index / outputs)];
  return values.map((value) => onGrid(value * weight, grid));
}

/** The trees that the model holds: up to the best round when it was measured (`least` rounds at least), else all. */
export function keptTrees(state: BoostState, outputs: number, least: 0 | 1): { trees: { nodes: readonly TreeNode[]; values: Float32Array; covers: Float64Array }[]; gains: Float64Array } {
  const isBest = state.best.loss !== null && state.best.round < state.round;
  const rounds = isBest ? Math.max(least, state.best.round) : state.round;
  const isAtBest = isBest && state.best.round > 0;
  const weights = isAtBest ? state.dart?.bestWeights : state.dart?.weights;
  const trees = state.trees.slice(0, rounds * outputs).map((tree, i) => ({ ...tree, values: valuesAt(state, i, outputs, weights) }));
  return { trees, gains: isAtBest ? state.bestGains : state.gains };
}
