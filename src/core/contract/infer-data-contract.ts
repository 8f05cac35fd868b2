// The contract that a dataset suggests for its next delivery: every column, and the rules across columns that its rows all
// keep. More than inferContract, which is about the rows a model is given: here also order in time, dates that follow each
// other, sums that the profile found, and the set of columns. Everything warns; nothing refuses until a person says so.
import { getBit } from '../base/bits.ts';
import type { Sum } from '../profile/profile.ts';
import type { Table, TimeColumn } from '../table/table.ts';
import type { ColumnContract, Contract, TableRule } from './contract.ts';
import { inferContract } from './infer-contract.ts';

const FEWEST = 50;
const MOST_TIMES = 20;

/** `sums` are those of the table's profile. */
export function inferDataContract(table: Table, sums: readonly Sum[] = []): Contract {
  const { columns } = inferContract(table, table.columns.map((column) => column.name));
  const times = table.columns.filter((column) => column.kind === 'time');
  const rules: TableRule[] = [
    { type: 'row-count', min: 1, max: null, policy: 'warn' },
    { type: 'columns', extra: false, ordered: false, policy: 'warn' },
    ...sums.slice(0, 20).map(({ total, a, b }): TableRule => ({ type: 'sum', columns: [a, b], equals: total, tolerance: 0, policy: 'warn' })),
    ...pairsInOrder(times.slice(0, MOST_TIMES), table.rows),
  ];
  const rising = new Set(times.filter((column) => neverFalls(column, table.rows)).map((column) => column.name));
  const ordered = columns.map((column): ColumnContract => (rising.has(column.name) ? { ...column, order: { direction: 'increasing', strict: false, policy: 'warn' } } : column));
  return { version: 1, columns: ordered, rules };
}

/** Pairs of times of which one is never before the other, and not always equal. */
function pairsInOrder(times: readonly TimeColumn[], rows: number): TableRule[] {
  return times.flatMap((left) => times.filter((right) => right !== left && isNeverAfter(left, right, rows)).map((right): TableRule => ({ type: 'compare', left: left.name, operator: '<=', right: right.name, policy: 'warn' })));
}

function isNeverAfter(left: TimeColumn, right: TimeColumn, rows: number): boolean {
  let both = 0;
  let isBefore = false;
  for (let i = 0; i < rows; i++) {
    if ((left.missing && getBit(left.missing, i)) || (right.missing && getBit(right.missing, i))) continue;
    if (left.values[i] > right.values[i]) return false;
    if (left.values[i] < right.values[i]) isBefore = true;
    both++;
  }
  return isBefore && both >= FEWEST;
}

function neverFalls(column: TimeColumn, rows: number): boolean {
  if (rows < FEWEST || column.missing) return false;
  for (let i = 1; i < rows; i++) if (column.values[i] < column.values[i - 1]) return false;
  return column.values[0] < column.values[rows - 1];
}
