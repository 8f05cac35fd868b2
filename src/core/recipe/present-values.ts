// The present, finite values of a number or boolean column, in row order, as doubles: what statistics are made of.
import { getBit } from '../base/bits.ts';
import type { BooleanColumn, NumberColumn, TimeColumn } from '../table/table.ts';

/** A new array; its length is the number of values that are neither masked nor NaN nor infinite. */
export function presentValues(column: NumberColumn | BooleanColumn | TimeColumn): Float64Array {
  const { values, missing } = column;
  const out = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    if (v - v === 0 && !(missing && getBit(missing, i))) out[n++] = v;
  }
  return n === out.length ? out : out.slice(0, n);
}

/** Whether row i holds a finite value. */
export const isPresent = (column: NumberColumn | BooleanColumn | TimeColumn, i: number): boolean =>
  column.values[i] - column.values[i] === 0 && !(column.missing !== null && getBit(column.missing, i));
