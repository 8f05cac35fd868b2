// Judging a forest by the rows that each tree did not see (Breiman, 2001): every row is predicted by the mean of those trees.
// Sums lie in the session's training scores (addTree outside the leaves); here are the counts and the losses.
import type { LossRows } from '../gbt/objectives/objective.ts';
import { truthOf } from './bag.ts';

/** `rows` = how many have been out of some bag. squared: mean squared error, of classes summed over them (Brier score). */
export type OutOfBag = { rows: number; squared: number; /** Share of rows whose class is the likeliest; classes only. */ accuracy?: number; /** Values only: 1 - squared error over variance. */ r2?: number };

/** How many trees have not seen each row, as more are counted. */
export function countOutside(outside: Uint16Array, counts: Uint8Array): void {
  for (let row = 0; row < counts.length; row++) if (counts[row] === 0) outside[row]++;
}

/** Over every `step`-th row; null while none has been outside. `scores` sums, output-major. */
export function outOfBag(scores: Float64Array, outside: Uint16Array, train: LossRows, base: Float64Array, isClass: boolean, step = 1): OutOfBag | null {
  const { rows, target, weight } = train;
  const outputs = base.length;
  const said = new Float64Array(outputs);
  let [seen, total, squared, right, sum, squares] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row += step) {
    const w = weight ? weight[row] : 1;
    if (outside[row] === 0 || !(w > 0)) continue;
    seen++;
    total += w;
    let all = 0;
    for (let k = 0; k < outputs; k++) all += said[k] = base[k] + scores[k * rows + row] / outside[row];
    let error = 0;
    for (let k = 0; k < outputs; k++) {
      if (outputs > 1) said[k] = all > 0 ? said[k] / all : 1 / outputs;
      const gap = said[k] - truthOf(target[row], k, outputs > 1);
      error += gap * gap;
    }
    squared += w * error;
    if (isClass) right += w * Number(outputs > 1 ? said.indexOf(Math.max(...said)) === target[row] : said[0] > 0.5 === target[row] > 0);
    sum += w * target[row];
    squares += w * target[row] * target[row];
  }
  if (!(total > 0)) return null;
  const variance = squares / total - (sum / total) * (sum / total);
  return { rows: seen, squared: squared / total, ...(isClass ? { accuracy: right / total } : variance > 0 ? { r2: 1 - squared / total / variance } : {}) };
}
