// Raw counts of test rows: by true and decided class, and at 101 thresholds for the threshold slider.
// Decisions follow metrics/decide.ts; at a threshold t a row is positive when its probability is at least t.
import { decideClasses } from '../metrics/decide.ts';
import type { ClassTarget, Prediction } from '../table/matrix.ts';
import type { Evaluation } from './evaluation.ts';

/** counts[t][p]; rows without a decision (NaN) are left out. */
export function countConfusion(prediction: Prediction, target: ClassTarget): NonNullable<Evaluation['confusion']> {
  const classes = [...target.classes];
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  decideClasses(prediction).forEach((decided, row) => {
    if (decided >= 0) counts[target.codes[row]][decided]++;
  });
  return { classes, counts };
}

/** Thresholds 0, 0.01, ..., 1 of a binary prediction. */
export function countThresholds(prediction: Prediction, target: ClassTarget): Evaluation['thresholds'] {
  const positives = new Float64Array(102);
  const negatives = new Float64Array(102);
  for (let i = 0; i < prediction.rows; i++) {
    const p = prediction.values[i];
    let step = Math.max(0, Math.min(100, Math.floor(p * 100)));
    if (step < 100 && p >= (step + 1) / 100) step++;
    if (step > 0 && p < step / 100) step--;
    (target.codes[i] === 1 ? positives : negatives)[step]++;
  }
  const out: Evaluation['thresholds'] = [];
  let tp = 0;
  let fp = 0;
  const allPositive = positives.reduce((a, b) => a + b, 0);
  const allNegative = negatives.reduce((a, b) => a + b, 0);
  for (let step = 100; step >= 0; step--) {
    tp += positives[step];
    fp += negatives[step];
    out.push({ threshold: step / 100, tp, fp, tn: allNegative - fp, fn: allPositive - tp });
  }
  return out.reverse();
}
