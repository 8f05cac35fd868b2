// The summed weight of the rows of a problem: their number where none weighs otherwise.
import type { Matrix } from '../../table/matrix.ts';

export function weightOf({ matrix }: { readonly matrix: Matrix }): number {
  if (!matrix.weight) return matrix.rows;
  let sum = 0;
  for (let row = 0; row < matrix.rows; row++) sum += matrix.weight[row];
  return sum;
}
