// Rows -> predictions through a bundle: check contract, clean as in training, apply the recipe, predict, decode. The one way to predict:
// evaluation, batch files, the try-it form and exported modules all come through here. Never imports a learner.
import type { Bundle } from '../bundle/bundle.ts';
import { getBit, type Bits } from '../base/bits.ts';
import { checkRows } from '../contract/check-table.ts';
import type { Breach } from '../contract/contract.ts';
import { tableFromRows } from '../contract/table-from-rows.ts';
import { predictModel } from '../models/predict-model.ts';
import type { ServingKernels } from '../models/serving-kernels.ts';
import { replayClean } from '../clean/replay-clean.ts';
import { applyRecipe } from '../recipe/apply-recipe.ts';
import { conform } from '../recipe/conform.ts';
import type { Prediction } from '../table/matrix.ts';
import type { Table } from '../table/table.ts';
import type { RawRow } from './golden-rows.ts';

export type Serving = Pick<Bundle, 'recipe' | 'contract' | 'model' | 'clean'>;

/** `refused`: the rows whose answer the contract withholds, a bit each; null = none. */
export type Predicted = { prediction: Prediction; breaches: Breach[]; refused: Bits | null };

/** Predictions for every row of a table, and where the rows break the contract; `kernels` only make it faster. Throws missing-column. */
export function predictTable(bundle: Serving, table: Table, kernels: ServingKernels | null = null): Predicted {
  const { breaches, refused } = checkRows(bundle.contract, table);
  return { prediction: predictOnly(bundle, table, kernels), breaches, refused };
}

/** Predictions for raw objects, values parsed and checked by the contract. */
export function predictRows(bundle: Serving, rows: readonly RawRow[], kernels: ServingKernels | null = null): Predicted {
  const { table, breaches, refused } = tableFromRows(bundle.contract, rows);
  return { prediction: predictOnly(bundle, table, kernels), breaches, refused };
}

function predictOnly(bundle: Serving, table: Table, kernels: ServingKernels | null): Prediction {
  return predictModel(bundle.model, applyRecipe(bundle.recipe, cleanRows(bundle, table), { training: false, seed: 0, withTarget: false }), kernels);
}

/** The rows as the recipe reads them: columns of the kinds that the contract names, then the cleaning of training again. */
export function cleanRows({ clean, contract }: Serving, table: Table): Table {
  if (!clean) return table;
  const given = contract.columns.filter((rule) => rule.required || table.columns.some((column) => column.name === rule.name));
  return replayClean(clean, conform(given, table));
}

/** Null where the contract refuses the row: there is no answer then, only the reason. */
export type Answer = { prediction: string | number | null; probabilities: { [level: string]: number } | null };

/** Row `row` in words and numbers: the label or value, and probabilities by class. */
export function decodeRow(prediction: Prediction, row: number, refused: Bits | null = null): Answer {
  if (refused && getBit(refused, row)) return { prediction: null, probabilities: null };
  const { task, classes, width, values } = prediction;
  if (task === 'regression') return { prediction: values[row], probabilities: null };
  const shares = task === 'binary' ? [1 - values[row], values[row]] : Array.from(values.subarray(row * width, row * width + width));
  const probabilities = Object.fromEntries(classes.map((level, k) => [level, shares[k]]));
  return { prediction: classes[bestClass(shares)], probabilities };
}

/** Index of the largest share; ties go to the later class, so that 0.5 counts as positive. */
export function bestClass(shares: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < shares.length; k++) if (shares[k] >= shares[best]) best = k;
  return best;
}
