// A score of rankings, one class against the rest: binary takes the positive class, multiclass the plain mean over the
// classes that occur (with weight) in the truth, so a resample that misses a rare class still has a score.
import type { Prediction, Target } from '../table/matrix.ts';
import type { Scorer } from './metric.ts';
import { rankScores, type Ranking } from './rank-scores.ts';

/** Scores one class: `positive[i]` says of ranking.order[i] whether it is of the class. NaN when undefined. */
export type RankScore = (ranking: Ranking, positive: Uint8Array, weight: Float32Array | null) => number;

export function oneVsRest(truth: Target, predicted: Prediction, score: RankScore): Scorer {
  if (truth.kind !== 'class') return () => NaN;
  const walks: { ranking: Ranking; positive: Uint8Array }[] = [];
  const binary = predicted.width === 1;
  for (let column = 0; column < predicted.width; column++) {
    const ranking = rankScores(predicted, column);
    if (!ranking) return () => NaN;
    walks.push({ ranking, positive: positivesOf(truth.codes, ranking, binary ? 1 : column) });
  }
  if (binary) return (weight) => score(walks[0].ranking, walks[0].positive, weight);
  return (weight) => {
    let sum = 0;
    let classes = 0;
    for (const { ranking, positive } of walks) {
      const value = score(ranking, positive, weight);
      if (value !== value) continue;
      sum += value;
      classes++;
    }
    return sum / classes;
  };
}

/** 1 where order[i] is a row of class `code`. */
export function positivesOf(codes: Int32Array, { order }: Ranking, code: number): Uint8Array {
  const positive = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++) if (codes[order[i]] === code) positive[i] = 1;
  return positive;
}
