// One numeric column as the Float32Array of a Matrix: NaN = missing, never infinite.
// A nominal column (step `codes`) gives its codes. A value that is itself NaN or infinite counts as missing; a finite one beyond Float32 is held at its bound.
// A Float32Array without missing or infinite values is shared, not copied.
import { getBit } from '../base/bits.ts';
import { BarnacleError } from '../base/errors.ts';
import type { BooleanColumn, CategoryColumn, Column, NumberColumn } from '../table/table.ts';

const MAX = 3.4028234663852886e38;

/** Throws not-numeric for a column that no step has turned into numbers. */
export function featureArray(column: Column): Float32Array {
  if (column.kind === 'number' || column.kind === 'boolean') return floats(column);
  if (column.kind === 'category' && column.nominal) return codesOf(column);
  const remedy = column.kind === 'time' ? 'add date parts' : column.kind === 'text' ? 'add text length' : 'add an encoding (one-hot, target encoding), keep it as categories for trees,';
  throw new BarnacleError('not-numeric', `column "${column.name}" is still of kind ${column.kind} after the last step; ${remedy} or drop it`, { column: column.name, kind: column.kind });
}

function codesOf({ codes, missing }: CategoryColumn): Float32Array {
  const out = Float32Array.from(codes);
  if (missing) for (let i = 0; i < out.length; i++) if (getBit(missing, i)) out[i] = NaN;
  return out;
}

function floats(column: NumberColumn | BooleanColumn): Float32Array {
  const { values, missing } = column;
  if (values instanceof Float32Array && !missing && isBounded(values)) return values;
  const out = new Float32Array(values.length);
  if (values instanceof Float64Array || values instanceof Float32Array) {
    for (let i = 0; i < out.length; i++) {
      const v = values[i];
      out[i] = v - v !== 0 ? NaN : v > MAX ? MAX : v < -MAX ? -MAX : v;
    }
  } else out.set(values);
  if (missing) for (let i = 0; i < out.length; i++) if (getBit(missing, i)) out[i] = NaN;
  return out;
}

function isBounded(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] === Infinity || values[i] === -Infinity) return false;
  return true;
}
