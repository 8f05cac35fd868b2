// The rows of a matrix as objectives see them.
import type { Matrix, Target } from '../../table/matrix.ts';
import { weighRows } from './objectives/class-weights.ts';
import type { LossRows } from './objectives/objective.ts';

/** `perClass`: weights of the classes, null = all 1. */
export function lossRows(matrix: Matrix, target: Target, perClass: Float64Array | null): LossRows {
  const weight = perClass && target.kind === 'class' ? weighRows(target, matrix.weight, perClass) : matrix.weight;
  return { rows: matrix.rows, target: target.kind === 'class' ? Float64Array.from(target.codes) : target.values, weight, groups: matrix.groups ?? null };
}
