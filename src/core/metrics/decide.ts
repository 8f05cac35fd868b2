// Prediction -> the class decided for each row, and weighted confusion counts over them.
// The largest share wins and ties go to the later class, so a binary probability of 0.5 counts as positive: the same
// rule as pipeline/predict's label.
import type { Prediction, Target } from '../table/matrix.ts';

/** Class codes, one per row; -1 where a share is NaN. */
export function decideClasses({ values, width, rows }: Prediction): Int32Array {
  const codes = new Int32Array(rows);
  if (width === 1) {
    for (let i = 0; i < rows; i++) codes[i] = values[i] >= 0.5 ? 1 : values[i] < 0.5 ? 0 : -1;
    return codes;
  }
  for (let i = 0, at = 0; i < rows; i++, at += width) {
    let best = 0;
    let sound = values[at] === values[at];
    for (let k = 1; k < width; k++) {
      if (values[at + k] >= values[at + best]) best = k;
      else if (values[at + k] !== values[at + k]) sound = false;
    }
    codes[i] = sound ? best : -1;
  }
  return codes;
}

/** Weighted counts[t * K + p] of rows of class t decided as p; null when a decision is impossible (NaN share). */
export type Confusion = (weight: Float32Array | null) => Float64Array;

/** Counts by truth and decision over K classes, ready to be reweighted. Null when the truth is not classes or a share is NaN. */
export function prepareConfusion(truth: Target, predicted: Prediction): Confusion | null {
  if (truth.kind !== 'class') return null;
  const classes = Math.max(truth.classes.length, predicted.classes.length, 2);
  const cells = decideClasses(predicted);
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] < 0) return null;
    cells[i] += truth.codes[i] * classes;
  }
  return (weight) => {
    const counts = new Float64Array(classes * classes);
    if (weight) for (let i = 0; i < cells.length; i++) counts[cells[i]] += weight[i];
    else for (let i = 0; i < cells.length; i++) counts[cells[i]]++;
    return counts;
  };
}

/** A score of the confusion counts of K classes; NaN when there is none. */
export function confusionScorer(truth: Target, predicted: Prediction, score: (counts: Float64Array, classes: number) => number): (weight: Float32Array | null) => number {
  const confusion = prepareConfusion(truth, predicted);
  if (!confusion) return () => NaN;
  return (weight) => {
    const counts = confusion(weight);
    return score(counts, Math.sqrt(counts.length));
  };
}
