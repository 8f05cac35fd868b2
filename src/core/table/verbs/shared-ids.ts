// Keys of two tables on one numbering, for joins: rows whose keys are equal get equal ids, whichever table they are in.
// A row with a missing key has id -1: what is not known equals nothing. Text and categories compare by their text.
import { getBit } from '../../base/bits.ts';
import { BarnacleError } from '../../base/errors.ts';
import { makeNumber } from '../build.ts';
import { textsOfColumn, type Texts } from '../texts.ts';
import type { Column, NumberArray } from '../table.ts';
import { columnIds, pairIds, type RowIds } from './row-ids.ts';

export type SharedIds = { left: Int32Array; right: Int32Array; count: number };

/** Columns in pairs. Throws bad-param when two of a pair are of kinds that cannot be compared. */
export function sharedIds(left: readonly Column[], right: readonly Column[], leftRows: number, rightRows: number): SharedIds {
  const all = left.map((column, k) => stackedIds(column, right[k])).reduce<RowIds | null>((a, b) => (a ? pairIds(a, b) : b), null);
  if (!all) return { left: new Int32Array(leftRows), right: new Int32Array(rightRows), count: 1 };
  const ids = all.ids;
  left.forEach((column, k) => {
    drop(ids, column, leftRows, 0);
    drop(ids, right[k], rightRows, leftRows);
  });
  return { left: ids.subarray(0, leftRows), right: ids.subarray(leftRows), count: all.count };
}

function drop(ids: Int32Array, { missing }: Column, rows: number, from: number): void {
  if (missing) for (let i = 0; i < rows; i++) if (getBit(missing, i)) ids[from + i] = -1;
}

function stackedIds(a: Column, b: Column): RowIds {
  if (isTextual(a) && isTextual(b)) return stackedTextIds(textsOfColumn(a), textsOfColumn(b));
  if (a.kind !== b.kind || isTextual(a) || isTextual(b)) {
    throw new BarnacleError('bad-param', `key "${a.name}" is of kind ${a.kind}, "${b.name}" of kind ${b.kind}; retype one so that they can be compared`, { path: 'keys', value: b.name, expected: `a column of kind ${a.kind}` });
  }
  const x = (a as { values: NumberArray }).values;
  const y = (b as { values: NumberArray }).values;
  const values = new Float64Array(x.length + y.length);
  values.set(x);
  values.set(y, x.length);
  return columnIds(makeNumber('', values));
}

function stackedTextIds(a: Texts, b: Texts): RowIds {
  const index = new Map<string, number>();
  const number = (level: string): number => {
    const known = index.get(level) ?? index.size;
    index.set(level, known);
    return known;
  };
  const left = Int32Array.from(a.levels, number);
  const right = Int32Array.from(b.levels, number);
  const codes = new Int32Array(a.codes.length + b.codes.length);
  for (let i = 0; i < a.codes.length; i++) codes[i] = left[a.codes[i]];
  for (let i = 0; i < b.codes.length; i++) codes[a.codes.length + i] = right[b.codes[i]];
  return columnIds(makeNumber('', codes));
}

const isTextual = (column: Column): boolean => column.kind === 'category' || column.kind === 'text';
