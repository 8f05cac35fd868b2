// A Prediction as table columns to stand beside the rows it belongs to: `prediction`, then one probability per class.
// A name that the table already has gets a number: `prediction 2`. Rows that the contract refuses have no prediction.
import type { Bits } from '../base/bits.ts';
import { makeCategory, makeNumber } from '../table/build.ts';
import type { Prediction } from '../table/matrix.ts';
import type { Column, Table } from '../table/table.ts';

/** `refused` has a bit for each row without an answer; null = all have one. */
export function predictionColumns(prediction: Prediction, beside: Table, refused: Bits | null): Column[] {
  const { task, classes, rows, width, values } = prediction;
  const taken = new Set(beside.columns.map((c) => c.name));
  const name = (wanted: string) => freeName(wanted, taken);
  if (task === 'regression') return [makeNumber(name('prediction'), values.slice(0, rows), refused)];
  const shares = classes.map((_, k) => shareOf(prediction, k));
  const codes = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    if (task === 'binary') codes[i] = values[i] >= 0.5 ? 1 : 0;
    else for (let k = 1; k < width; k++) if (values[i * width + k] >= values[i * width + codes[i]]) codes[i] = k;
  }
  return [makeCategory(name('prediction'), codes, classes, refused), ...classes.map((level, k) => makeNumber(name(`probability of ${level}`), shares[k], refused))];
}

function shareOf({ task, rows, width, values }: Prediction, k: number): Float64Array {
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) out[i] = task === 'binary' ? (k === 1 ? values[i] : 1 - values[i]) : values[i * width + k];
  return out;
}

/** `wanted`, with a number where it is taken; taken from then on. */
export function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`;
  taken.add(name);
  return name;
}
