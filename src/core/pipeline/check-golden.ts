// Does a bundle predict its golden rows as it did when it was written? Asked when an export loads, and whenever a bundle
// comes from a file: the last check of recipe states and model that no shape can make.
// Tolerance 1e-6, relative above 1. A bundle without golden rows passes, having promised nothing.
import { BarnacleError, isBarnacleError } from '../base/errors.ts';
import type { Bundle } from '../bundle/bundle.ts';
import type { Prediction } from '../table/matrix.ts';
import { predictRows } from './predict.ts';

const tolerance = 1e-6;

/** Throws bad-bundle, naming the first golden row that differs or cannot be predicted. */
export function checkGolden(bundle: Pick<Bundle, 'name' | 'recipe' | 'clean' | 'contract' | 'model' | 'golden'>): void {
  const { rows, predictions } = bundle.golden;
  if (!rows.length) return;
  const { values, width } = predictGolden(bundle);
  predictions.forEach((expected, row) =>
    expected.forEach((value, k) => {
      const found = values[row * width + k];
      if (!(Math.abs(found - value) <= tolerance * Math.max(1, Math.abs(value)))) throw broken(bundle.name, `golden row ${row} gives ${found}, expected ${value}`);
    }),
  );
}

function predictGolden(bundle: Parameters<typeof checkGolden>[0]): Prediction {
  try {
    return predictRows(bundle, bundle.golden.rows).prediction;
  } catch (cause) {
    if (isBarnacleError(cause, 'bad-bundle')) throw cause;
    throw broken(bundle.name, `golden rows cannot be predicted (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
}

const broken = (name: string, reason: string, cause?: unknown) => new BarnacleError('bad-bundle', `model "${name}" fails its own check: ${reason}; export it again`, { reason }, { cause });
