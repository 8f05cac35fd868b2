// Errors of a regression, truth - prediction: mean, quantiles, a histogram of 40 equal bins, and at most 500 seeded
// points for a scatter. Rows whose prediction is not finite are left out.
import { sequence } from '../base/random.ts';
import type { Prediction, ValueTarget } from '../table/matrix.ts';
import { quantileOf } from './bootstrap.ts';
import type { Evaluation } from './evaluation.ts';

type Residuals = NonNullable<Evaluation['residuals']>;
const shares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];
const binCount = 40;
const samplePoints = 500;

/** Null when no row has a finite residual. */
export function describeResiduals({ values, rows }: Prediction, target: ValueTarget, seed: number): Residuals | null {
  const residuals = new Float64Array(rows);
  const kept = new Int32Array(rows);
  let count = 0;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const residual = target.values[i] - values[i];
    if (!Number.isFinite(residual)) continue;
    sum += residual;
    kept[count] = i;
    residuals[count++] = residual;
  }
  if (count === 0) return null;
  const sorted = residuals.slice(0, count).sort();
  const sample = sampleRows(kept.subarray(0, count), seed).map((row) => ({ predicted: values[row], truth: target.values[row] }));
  return { mean: sum / count, quantiles: shares.map((q) => ({ q, value: quantileOf(sorted, q) })), histogram: binSorted(sorted), sample };
}

/** Equal bins over the whole range, the last one closed; one bin when all residuals are equal. */
function binSorted(sorted: Float64Array): Residuals['histogram'] {
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  if (!(high > low)) return [{ from: low, to: high, count: sorted.length }];
  const bins = Array.from({ length: binCount }, (_, b) => ({ from: low + ((high - low) * b) / binCount, to: low + ((high - low) * (b + 1)) / binCount, count: 0 }));
  for (let i = 0; i < sorted.length; i++) bins[Math.min(binCount - 1, Math.floor(((sorted[i] - low) / (high - low)) * binCount))].count++;
  return bins;
}

/** Algorithm R of Vitter on the kept rows; in row order. */
function sampleRows(rows: Int32Array, seed: number): number[] {
  const sample = Array.from(rows.subarray(0, samplePoints));
  const random = sequence(seed, 'residual-sample');
  for (let i = samplePoints; i < rows.length; i++) {
    const at = random.below(i + 1);
    if (at < samplePoints) sample[at] = rows[i];
  }
  return sample.sort((a, b) => a - b);
}
