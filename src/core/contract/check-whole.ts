// The rules of a column that need all its rows: uniqueness, share of missing, order, number of different values, values that
// must occur. Asked at import; a single row at prediction cannot break them.
import { countBits, getBit } from '../base/bits.ts';
import { cellText } from '../table/cell.ts';
import type { Column, Table } from '../table/table.ts';
import { boundsText } from './cell-tests.ts';
import { codesOf } from './codes-of.ts';
import type { ColumnContract, Contract } from './contract.ts';
import type { Ledger } from './ledger.ts';

export function checkWhole(contract: Contract, table: Table, ledger: Ledger): void {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  for (const rule of contract.columns) {
    const column = byName.get(rule.name);
    if (!column) continue;
    checkShare(rule, column, table.rows, ledger);
    if (rule.unique || rule.distinct || rule.contains) checkValues(rule, column, table.rows, ledger);
    checkOrder(rule, column, table.rows, ledger);
    ledger.close();
  }
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function checkShare({ name, missingShare }: ColumnContract, column: Column, rows: number, ledger: Ledger): void {
  if (!missingShare || !rows) return;
  const missing = countBits(column.missing, rows);
  if (missing > missingShare.max * rows) ledger.add({ column: name, row: null, policy: missingShare.policy, code: 'missing-share' }, () => `column "${name}" is missing in ${missing} of ${rows} rows (${percent(missing / rows)}), at most ${percent(missingShare.max)} is allowed`);
}

function checkValues({ name, unique = 'accept', distinct, contains }: ColumnContract, column: Column, rows: number, ledger: Ledger): void {
  const { codes, count, textOf } = codesOf(column, rows);
  if (unique !== 'accept') {
    const first = new Int32Array(count).fill(-1);
    for (let i = 0; i < rows; i++) {
      const code = codes[i];
      if (code < 0) continue;
      if (first[code] < 0) first[code] = i;
      else ledger.add({ column: name, row: i, policy: unique, code: 'repeated' }, () => `column "${name}" is "${textOf(code).slice(0, 100)}" again, first in row ${first[code] + 1}; each value may stand once`);
    }
  }
  if (distinct && ((distinct.min !== null && count < distinct.min) || (distinct.max !== null && count > distinct.max))) {
    ledger.add({ column: name, row: null, policy: distinct.policy, code: 'distinct' }, () => `column "${name}" has ${count} different values, expected ${boundsText(distinct, String)}`);
  }
  if (contains) {
    const held = new Set(Array.from({ length: count }, (_, code) => textOf(code)));
    const absent = contains.values.filter((value) => !held.has(value));
    if (absent.length) ledger.add({ column: name, row: null, policy: contains.policy, code: 'absent' }, () => `column "${name}" never is ${absent.slice(0, 5).map((value) => `"${value.slice(0, 60)}"`).join(', ')}${absent.length > 5 ? ` and ${absent.length - 5} more` : ''}, which must occur`);
  }
}

function checkOrder({ name, order }: ColumnContract, column: Column, rows: number, ledger: Ledger): void {
  if (!order || order.policy === 'accept' || (column.kind !== 'number' && column.kind !== 'time')) return;
  const sign = order.direction === 'increasing' ? 1 : -1;
  let last = -1;
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) continue;
    if (last >= 0) {
      const step = (column.values[i] - column.values[last]) * sign;
      const before = last;
      if (step < 0 || (order.strict && step === 0)) ledger.add({ column: name, row: i, policy: order.policy, code: 'order' }, () => `column "${name}" is ${cellText(column, i)} after ${cellText(column, before)}; it must be ${order.strict ? 'strictly ' : ''}${order.direction}`);
    }
    last = i;
  }
}
