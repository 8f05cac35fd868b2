// What a table breaks of a contract: columns that are not there, and cells that are missing, out of range or unseen.
// At most 100 cells per column and finding are listed; the last says how many more there are. Order: by column, then row.
import { getBit } from '../base/bits.ts';
import { cellText } from '../table/cell.ts';
import { parseBoolean, parseNumber, parseTime } from '../table/parse-cell.ts';
import type { Column, Table } from '../table/table.ts';
import type { Breach, ColumnContract, Contract, Policy } from './contract.ts';

const LISTED = 100;

export function checkTable(contract: Contract, table: Table): Breach[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  return contract.columns.flatMap((rule) => {
    const column = byName.get(rule.name);
    if (column) return checkColumn(rule, column, table.rows);
    const message = `column "${rule.name}" is missing; add it, empty if need be`;
    return rule.required ? [{ column: rule.name, row: null, policy: 'refuse' as const, code: 'missing-column' as const, message }] : [];
  });
}

function checkColumn(rule: ColumnContract, column: Column, rows: number): Breach[] {
  const breaches: Breach[] = [];
  const counts = { missing: 0, outside: 0, unseen: 0, 'not-readable': 0 };
  const add = (row: number, code: keyof typeof counts, policy: Policy, message: () => string): void => {
    if (policy === 'accept') return;
    if (++counts[code] <= LISTED) breaches.push({ column: rule.name, row, policy, code, message: message() });
  };
  const levels = rule.levels && rule.kind === 'category' ? new Set(rule.levels) : null;
  const known = levels && column.kind === 'category' ? column.levels.map((level) => levels.has(level)) : null;
  const isNumeric = rule.kind === 'number' || rule.kind === 'time';
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) {
      add(i, 'missing', rule.missing, () => `column "${rule.name}" is empty; training rows had a value`);
      continue;
    }
    if (known && column.kind === 'category') {
      if (!known[column.codes[i]]) add(i, 'unseen', rule.unseen, () => `column "${rule.name}" is "${cellText(column, i)}", a level that training rows did not have`);
    } else if (levels) {
      if (!levels.has(cellText(column, i)!)) add(i, 'unseen', rule.unseen, () => `column "${rule.name}" is "${cellText(column, i)}", a level that training rows did not have`);
    } else if (isNumeric || rule.kind === 'boolean') {
      const value = valueOf(rule, column, i);
      if (value === null) add(i, 'not-readable', 'warn', () => `column "${rule.name}" is "${cellText(column, i)}"; expected a ${rule.kind}, read as missing`);
      else if (rule.range && isNumeric && (value < rule.range.min || value > rule.range.max)) {
        add(i, 'outside', rule.outside, () => `column "${rule.name}" is ${cellText(column, i)}, outside the training range`);
      }
    }
  }
  for (const [code, count] of Object.entries(counts) as [keyof typeof counts, number][]) {
    if (count > LISTED) breaches.push({ column: rule.name, row: null, policy: 'warn', code, message: `column "${rule.name}" has ${count - LISTED} more such cells` });
  }
  return breaches;
}

function valueOf(rule: ColumnContract, column: Column, row: number): number | null {
  if (column.kind === 'number' || column.kind === 'boolean' || column.kind === 'time') {
    const value = column.values[row];
    return value - value === 0 ? value : null;
  }
  const text = cellText(column, row)!;
  if (rule.kind === 'number') return parseNumber(text);
  if (rule.kind === 'time') return parseTime(text);
  const flag = parseBoolean(text);
  return flag === null ? null : flag ? 1 : 0;
}
