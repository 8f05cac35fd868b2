// ROC and precision-recall curves of one class against the rest, thinned to at most 200 points.
// A point stands for all rows with a score of at least `threshold`; points lie between tie groups only. A point is kept
// when the curve has moved 1/99 of its axes' sum since the last kept one, so the shape survives and the ends always do.
import { precisionArea } from '../metrics/average-precision.ts';
import { positivesOf } from '../metrics/one-vs-rest.ts';
import { rankScores, type Ranking } from '../metrics/rank-scores.ts';
import { areaUnderRoc } from '../metrics/roc-auc.ts';
import type { ClassTarget, Prediction } from '../table/matrix.ts';
import type { Evaluation } from './evaluation.ts';

type Roc = Evaluation['roc'][number];
type Pr = Evaluation['pr'][number];
const exactPoints = 200;

/** Null when the truth holds one class only or a score is NaN. `code` is 1 for binary. */
export function rocCurve(prediction: Prediction, target: ClassTarget, code: number): Roc | null {
  const walk = walkOf(prediction, target, code);
  if (!walk) return null;
  const { positives, negatives } = walk;
  const auc = areaUnderRoc(walk.ranking, walk.positive, null);
  if (auc !== auc) return null;
  const top = scoreAt(prediction, code, walk.ranking.order[0]);
  const points: Roc['points'] = [{ threshold: top < 1 ? 1 : top + 1e-9, fpr: 0, tpr: 0 }];
  walkThresholds(walk, (hits, falls) => hits / positives + falls / negatives, 2, (row, hits, falls) => {
    points.push({ threshold: scoreAt(prediction, code, row), fpr: falls / negatives, tpr: hits / positives });
  });
  return { positive: target.classes[code], auc, points };
}

/** Null when the class does not occur or a score is NaN. `base` is its share of the rows. */
export function prCurve(prediction: Prediction, target: ClassTarget, code: number): Pr | null {
  const walk = walkOf(prediction, target, code);
  if (!walk || walk.positives === 0) return null;
  const { positives, negatives } = walk;
  const points: Pr['points'] = [];
  walkThresholds(walk, (hits, falls) => hits / positives + falls / Math.max(1, negatives), 2, (row, hits, falls) => {
    points.push({ threshold: scoreAt(prediction, code, row), precision: hits / (hits + falls), recall: hits / positives });
  });
  return { positive: target.classes[code], ap: precisionArea(walk.ranking, walk.positive, null), base: positives / prediction.rows, points };
}

interface Walk { readonly ranking: Ranking; readonly positive: Uint8Array; readonly positives: number; readonly negatives: number }

function walkOf(prediction: Prediction, target: ClassTarget, code: number): Walk | null {
  const ranking = rankScores(prediction, prediction.width === 1 ? 0 : code);
  if (!ranking) return null;
  const positive = positivesOf(target.codes, ranking, code);
  let positives = 0;
  for (let i = 0; i < positive.length; i++) positives += positive[i];
  return { ranking, positive, positives, negatives: positive.length - positives };
}

/** Calls `keep(last row of the group, positives so far, negatives so far)` at the thresholds that are kept. */
function walkThresholds({ ranking, positive }: Walk, way: (hits: number, falls: number) => number, length: number, keep: (row: number, hits: number, falls: number) => void): void {
  const { order, ends } = ranking;
  let groups = 0;
  for (let i = 0; i < ends.length; i++) groups += ends[i];
  const step = groups < exactPoints ? 0 : length / (exactPoints - 2);
  let hits = 0;
  let falls = 0;
  let kept = 0;
  for (let i = 0; i < order.length; i++) {
    if (positive[i]) hits++;
    else falls++;
    if (!ends[i]) continue;
    const now = way(hits, falls);
    if (now - kept < step && i + 1 < order.length) continue;
    kept = now;
    keep(order[i], hits, falls);
  }
}

const scoreAt = ({ values, width }: Prediction, code: number, row: number): number => values[width === 1 ? row : row * width + code];
