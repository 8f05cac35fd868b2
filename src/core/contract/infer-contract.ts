// The contract that training rows suggest: kinds, ranges, levels and typical values of the named columns. To be edited.
// Missing values are accepted where training has them, else warned of; values outside the range and unseen levels warn.
// What else the values suggest (whole numbers, lengths, patterns ...) is in infer-fields.ts and warns too.
import { getBit } from '../base/bits.ts';
import { quantilesOf } from '../base/order.ts';
import { getColumn } from '../table/build.ts';
import { timeText } from '../table/cell.ts';
import type { CategoryColumn, Column, Table } from '../table/table.ts';
import type { ColumnContract, Contract } from './contract.ts';
import { inferFields } from './infer-fields.ts';

const MAX_LEVELS = 1000;

/** Throws missing-column. */
export const inferContract = (table: Table, names: readonly string[]): Contract => ({ version: 1, columns: names.map((name) => ofColumn(getColumn(table, name), table.rows)) });

const ofColumn = (column: Column, rows: number): ColumnContract => ({ ...inferColumn(column), ...inferFields(column, rows) });

function inferColumn(column: Column): ColumnContract {
  const base: ColumnContract = { name: column.name, kind: column.kind, required: true, missing: 'warn', range: null, outside: 'accept', levels: null, unseen: 'accept', example: null };
  if (column.kind === 'text') return { ...base, missing: 'accept' };
  if (column.kind === 'category') return { ...base, ...ofLevels(column) };
  const present = presentOf(column.values, column.missing);
  const missing = present.length < column.values.length ? 'accept' : 'warn';
  if (!present.length) return { ...base, missing };
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < present.length; i++) {
    if (present[i] < min) min = present[i];
    if (present[i] > max) max = present[i];
  }
  const middle = quantilesOf(present, [0.5])[0];
  if (column.kind === 'boolean') return { ...base, missing, levels: ['false', 'true'], unseen: 'warn', example: middle >= 0.5 };
  return { ...base, missing, range: { min, max }, outside: 'warn', example: column.kind === 'time' ? timeText(Math.floor(middle), column.unit) : middle };
}

function ofLevels(column: CategoryColumn): Partial<ColumnContract> {
  const counts = new Uint32Array(column.levels.length);
  let missing = 0;
  for (let i = 0; i < column.codes.length; i++) if (column.missing && getBit(column.missing, i)) missing++; else counts[column.codes[i]]++;
  const seen = column.levels.map((level, code) => ({ level, count: counts[code] })).filter((l) => l.count > 0);
  seen.sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
  const isWhole = seen.length <= MAX_LEVELS;
  return { missing: missing ? 'accept' : 'warn', levels: isWhole ? seen.map((l) => l.level) : null, unseen: isWhole ? 'warn' : 'accept', example: seen[0]?.level ?? null };
}

function presentOf(values: ArrayLike<number>, mask: Column['missing']): Float64Array {
  const out = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (values[i] - values[i] === 0 && !(mask && getBit(mask, i))) out[n++] = values[i];
  return out.slice(0, n);
}
