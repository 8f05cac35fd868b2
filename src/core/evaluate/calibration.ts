// How predicted probabilities compare with what came true: ten bins of equal count, tie groups never split.
// Each bin's observed share has a 95 % Wilson score interval (Wilson 1927), sound for shares near 0 and 1.
// ece: expected calibration error, the mean gap |predicted - observed| over rows.
import { positivesOf } from '../metrics/one-vs-rest.ts';
import { rankScores } from '../metrics/rank-scores.ts';
import type { ClassTarget, Prediction } from '../table/matrix.ts';
import type { Evaluation } from './evaluation.ts';

type Calibration = Evaluation['calibration'][number];
const binCount = 10;

/** Bins in ascending order of the prediction; null when a score is NaN. `code` is 1 for binary. */
export function calibrationCurve(prediction: Prediction, target: ClassTarget, code: number): Calibration | null {
  const { values, width, rows } = prediction;
  const column = width === 1 ? 0 : code;
  const ranking = rankScores(prediction, column);
  if (!ranking) return null;
  const positive = positivesOf(target.codes, ranking, code);
  const bins: Calibration['bins'] = [];
  let gaps = 0;
  let sum = 0;
  let hits = 0;
  let count = 0;
  let edge = rows / binCount;
  for (let i = 0; i < rows; i++) {
    sum += values[ranking.order[i] * width + column];
    hits += positive[i];
    count++;
    if (!ranking.ends[i] || (i + 1 < edge && i + 1 < rows)) continue;
    edge = ((Math.floor(((i + 1) * binCount) / rows) + 1) * rows) / binCount;
    bins.push({ predicted: sum / count, observed: hits / count, ...wilson(hits, count), count });
    gaps += Math.abs(sum - hits);
    sum = hits = count = 0;
  }
  return { positive: target.classes[code], ece: gaps / rows, bins: bins.reverse() };
}

/** The 95 % Wilson score interval of a share of `hits` in `count`. */
export function wilson(hits: number, count: number): { low: number; high: number } {
  if (count === 0) return { low: 0, high: 1 };
  const z = 1.959963984540054;
  const share = hits / count;
  const spread = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  const middle = share + (z * z) / (2 * count);
  const scale = 1 + (z * z) / count;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
