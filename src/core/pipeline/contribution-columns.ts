// Contributions of rows as table columns to stand beside their predictions: `base score`, one `contribution of X` for each raw
// column, `score`, which is their sum. With several classes they are those of the class that is predicted. Rows that the
// contract refuses have none.
import type { Bits } from '../base/bits.ts';
import type { Contributions } from '../explain/contributions.ts';
import { makeNumber } from '../table/build.ts';
import type { Prediction } from '../table/matrix.ts';
import type { Column, Table } from '../table/table.ts';
import { bestClass } from './predict.ts';
import { freeName } from './prediction-columns.ts';

/** Of each row the output that is explained: the predicted class of several, else the only one. */
export function explainedOutputs({ rows, outputs }: Contributions, { values, width }: Prediction): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => (outputs > 1 ? bestClass(values.subarray(row * width, row * width + width)) : 0));
}

/** `beside` is the table that they are put beside, for names that are free. */
export function contributionColumns(found: Contributions, prediction: Prediction, beside: Table, refused: Bits | null): Column[] {
  const { rows, outputs, columns, base, values, scores } = found;
  const chosen = explainedOutputs(found, prediction);
  const taken = new Set(beside.columns.map((column) => column.name));
  const make = (name: string, of: (at: number, output: number) => number) => makeNumber(freeName(name, taken), Float64Array.from({ length: rows }, (_, row) => of(row * outputs + chosen[row], chosen[row])), refused);
  return [
    make('base score', (_, output) => base[output]),
    ...columns.map((name, c) => make(`contribution of ${name}`, (at) => values[at * columns.length + c])),
    make('score', (at) => scores[at]),
  ];
}
