// Which rows a learner should be able to learn by heart: up to 64 training rows that differ in some feature (equal rows with
// unequal targets cannot be told apart), drawn by the seed; and for learners that mind how many rows they have, each many times.
import { sequence, shuffle } from '../base/random.ts';
import type { Matrix } from '../table/matrix.ts';

export const batchRows = 64;

/** Indices into the matrix; at least one of each class where the first 5,000 drawn have it. */
export function fewRows(matrix: Matrix, seed: number, most = batchRows): Int32Array {
  const drawn = shuffle(
    Int32Array.from({ length: matrix.rows }, (_, i) => i),
    sequence(seed, 'debug-few-rows'),
  ).slice(0, 5000);
  const seen = new Set<string>();
  const distinct = [...drawn].filter((row) => {
    if (matrix.weight && !(matrix.weight[row] > 0)) return false;
    const key = matrix.data.map((column) => column[row]).join(' ');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const { target } = matrix;
  if (target?.kind !== 'class') return Int32Array.from(distinct.slice(0, most));
  const byClass = target.classes.map((_, code) => distinct.filter((row) => target.codes[row] === code));
  const chosen: number[] = [];
  for (let round = 0; chosen.length < most && byClass.some((rows) => rows.length > round); round++)
    for (const rows of byClass) if (rows.length > round && chosen.length < most) chosen.push(rows[round]);
  return Int32Array.from(chosen);
}

/** Each of the rows `times` times, one after the other. */
export const repeated = (rows: Int32Array, times: number): Int32Array => Int32Array.from({ length: rows.length * times }, (_, i) => rows[i % rows.length]);
