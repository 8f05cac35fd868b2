// What each row counts for: the recipe's weight column as a Matrix holds it. Weights multiply a row's part in losses, scores and
// intervals; 2 counts as the row twice. They are of training and evaluation only: prediction needs no such column.
import { BarnacleError } from '../base/errors.ts';
import { getColumn } from '../table/build.ts';
import type { Table } from '../table/table.ts';
import type { RecipeSpec } from './spec.ts';
import { featureArray } from './feature-array.ts';

/**
 * Null when the recipe names no weight, or the table lacks its column and may (`isNeeded` false). Throws missing-column, and
 * bad-param when the column is no number, a weight is missing, negative or beyond single precision, or all are 0.
 */
export function weightsOf(spec: Pick<RecipeSpec, 'weight'>, table: Table, isNeeded: boolean): Float32Array | null {
  const { weight } = spec;
  if (weight === undefined || (!isNeeded && !table.columns.some((column) => column.name === weight))) return null;
  const column = getColumn(table, weight);
  const bad = (value: string, expected: string) => new BarnacleError('bad-param', `weight column "${weight}" ${value}; it must hold ${expected}`, { path: 'recipe.weight', value: weight, expected });
  if (column.kind !== 'number') throw bad(`is of kind ${column.kind}`, 'numbers of 0 or more');
  const weights = Float32Array.from(featureArray(column));
  let sum = 0;
  for (let row = 0; row < weights.length; row++) {
    if (!(weights[row] >= 0 && weights[row] < Infinity)) throw bad(Number.isNaN(weights[row]) ? `is missing in row ${row + 1}` : `is ${weights[row]} in row ${row + 1}`, 'numbers of 0 or more in every row (fill or filter them in cleaning)');
    sum += weights[row];
  }
  if (weights.length > 0 && sum === 0) throw bad('is 0 in every row', 'a number above 0 in some row');
  return weights;
}
