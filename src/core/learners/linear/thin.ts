// A problem on rows drawn evenly from the whole: its optimum is a start a few passes from the whole's, and its Hessian there
// a good guess of the whole's. One row from each run of `stride`, at a place that the row's own number draws, so that
// neither order nor period of the rows matters; the penalty is scaled in proportion.
import { randomBits } from '../../base/random.ts';
import type { Matrix } from '../../table/matrix.ts';
import { takeFloats } from './take-rows.ts';
import type { Problem } from './objective.ts';

/** About `wanted` rows. */
export function thinProblem(problem: Problem, wanted: number): Problem {
  const { matrix } = problem;
  const stride = Math.max(1, Math.floor(matrix.rows / wanted));
  const rows = Int32Array.from({ length: Math.floor(matrix.rows / stride) }, (_, i) => i * stride + (randomBits(0, 7, i) % stride));
  const taken: Matrix = { ...matrix, rows: rows.length, data: matrix.data.map((column) => takeFloats(column, rows)), weight: matrix.weight && takeFloats(matrix.weight, rows) };
  return { ...problem, matrix: taken, truth: Float64Array.from(rows, (row) => problem.truth[row]), penalty: problem.penalty.map((p) => (p * rows.length) / matrix.rows) };
}
