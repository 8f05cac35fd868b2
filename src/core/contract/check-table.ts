// What the cells of a table break of a contract: columns that are not there, and cells that are missing, unreadable, out of
// range, unseen or against the column's other rules for single cells. Rules that need a whole column or table are asked in
// check-data.ts, at import only: this file ships inside every exported module.
// At most 100 cells per column and finding are listed; the last says how many more there are. Order: by column, then row.
import { getBit, type Bits } from '../base/bits.ts';
import { cellText } from '../table/cell.ts';
import { parseBoolean, parseNumber, parseTime } from '../table/parse-cell.ts';
import type { Column, Table } from '../table/table.ts';
import { numberTests, textTests, type CellTest } from './cell-tests.ts';
import type { Breach, ColumnContract, Contract } from './contract.ts';
import { makeLedger, type Ledger } from './ledger.ts';

export type CheckOptions = { /** ms since 1970; without it nothing is asked about now. */ now?: number };
/** `refused`: rows that the contract refuses (a bit each), all of them, listed or not; null = none. */
export type Checked = { breaches: Breach[]; total: number; refused: Bits | null };

/** Throws bad-param for a pattern that cannot be read. */
export const checkTable = (contract: Contract, table: Table, options: CheckOptions = {}): Breach[] => checkRows(contract, table, options).breaches;

/** The same, with the count of all findings and the rows refused. */
export function checkRows(contract: Contract, table: Table, options: CheckOptions = {}): Checked {
  const ledger = makeLedger(table.rows);
  checkColumns(contract, table, options, ledger);
  return { breaches: ledger.breaches, total: ledger.total(), refused: ledger.refused() };
}

/** The same, into a ledger that goes on. */
export function checkColumns(contract: Contract, table: Table, options: CheckOptions, ledger: Ledger): void {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  for (const rule of contract.columns) {
    const column = byName.get(rule.name);
    if (column) checkColumn(rule, column, table.rows, options.now ?? null, ledger);
    else if (rule.required) ledger.add({ column: rule.name, row: null, policy: 'refuse', code: 'missing-column' }, () => `column "${rule.name}" is missing; add it, empty if need be`);
    ledger.close();
  }
}

function checkColumn(rule: ColumnContract, column: Column, rows: number, now: number | null, ledger: Ledger): void {
  const missing = { column: rule.name, policy: rule.missing, code: 'missing' as const };
  const sayMissing = () => `column "${rule.name}" is empty; training rows had a value`;
  const check = checkerOf(rule, column, now, ledger);
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) ledger.add({ ...missing, row: i }, sayMissing);
    else check?.(i);
  }
}

/** What is done to a present cell; null = nothing is asked of this column's cells. */
function checkerOf(rule: ColumnContract, column: Column, now: number | null, ledger: Ledger): ((row: number) => void) | null {
  const tell = (row: number, test: CellTest<never>): void => ledger.add({ column: rule.name, row, policy: test.policy, code: test.code }, () => `column "${rule.name}" is ${shown(rule, column, row)}, ${test.said}`);
  if (rule.kind === 'category' || rule.kind === 'text') {
    const tests = textTests(rule);
    if (!tests.length) return null;
    if (column.kind !== 'category') return (row) => { const text = cellText(column, row)!; for (const test of tests) if (test.breaks(text)) tell(row, test); };
    const broken = column.levels.map((level) => tests.filter((test) => test.breaks(level)));
    return (row) => { for (const test of broken[column.codes[row]]) tell(row, test); };
  }
  const tests = rule.kind === 'boolean' ? [] : numberTests(rule, now);
  const isRead = column.kind === 'number' || column.kind === 'boolean' || column.kind === 'time';
  return (row) => {
    const value = isRead ? finite(column.values[row]) : readText(rule, cellText(column, row)!);
    if (value === null) ledger.add({ column: rule.name, row, policy: rule.missing === 'refuse' ? 'refuse' : 'warn', code: 'not-readable' }, () => `column "${rule.name}" is ${shown(rule, column, row)}; expected a ${rule.kind}, read as missing`);
    else for (const test of tests) if (test.breaks(value)) tell(row, test);
  };
}

function shown(rule: ColumnContract, column: Column, row: number): string {
  const text = cellText(column, row)!;
  const short = text.length > 100 ? `${text.slice(0, 100)}\u2026` : text;
  return rule.kind === 'category' || rule.kind === 'text' || column.kind === 'category' || column.kind === 'text' ? `"${short}"` : short;
}

const finite = (value: number): number | null => (value - value === 0 ? value : null);

function readText(rule: ColumnContract, text: string): number | null {
  if (rule.kind === 'number') return parseNumber(text);
  if (rule.kind === 'time') return parseTime(text);
  const flag = parseBoolean(text);
  return flag === null ? null : flag ? 1 : 0;
}
