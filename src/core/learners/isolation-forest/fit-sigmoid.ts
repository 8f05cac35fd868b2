// Scores and a yes-or-no truth -> the logistic curve a + b * score that fits them best (Platt, 1999): Newton steps over two
// numbers, with his targets just inside 0 and 1, so that a perfect split does not run away.
import { sigmoid } from '../../base/numerics.ts';

/** `truth` 0 or 1; `weight` null = all 1. Without rows of weight: a = b = 0. */
export function fitSigmoid(scores: Float64Array, truth: ArrayLike<number>, weight: ArrayLike<number> | null): { a: number; b: number } {
  let [positives, total, sum, squares] = [0, 0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const w = weight ? weight[i] : 1;
    positives += w * truth[i];
    total += w;
    sum += w * scores[i];
    squares += w * scores[i] * scores[i];
  }
  if (!(total > 0)) return { a: 0, b: 0 };
  const mean = sum / total;
  const scale = Math.sqrt(Math.max(0, squares / total - mean * mean)) || 1;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (total - positives + 2);
  let [a, b] = [0, 0];
  for (let step = 0; step < 100; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 1e-6 * b, 1e-9, 0, 1e-6];
    for (let i = 0; i < scores.length; i++) {
      const w = weight ? weight[i] : 1;
      const x = (scores[i] - mean) / scale;
      const p = sigmoid(a + b * x);
      const gap = w * (p - (truth[i] > 0 ? high : low));
      const bend = w * p * (1 - p);
      ga += gap;
      gb += gap * x;
      haa += bend;
      hab += bend * x;
      hbb += bend * x * x;
    }
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 0)) break;
    const da = (hbb * ga - hab * gb) / determinant;
    const db = (haa * gb - hab * ga) / determinant;
    const most = Math.max(Math.abs(da), Math.abs(db));
    const held = most > 2 ? 2 / most : 1;
    a -= held * da;
    b -= held * db;
    if (most < 1e-9) break;
  }
  return { a: a - (b * mean) / scale, b: b / scale };
}
