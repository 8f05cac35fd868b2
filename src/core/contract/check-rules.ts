// The rules of a contract that look across columns or at the table as a whole. A rule that cannot be asked of this table (a
// column is missing or of another kind, an expression is wrong) is a finding too, never silence and never an exception.
import { getBit } from '../base/bits.ts';
import { BarnacleError } from '../base/errors.ts';
import { cellText } from '../table/cell.ts';
import type { Column, Table } from '../table/table.ts';
import { boundsText } from './cell-tests.ts';
import { checkFigure, checkMostCommon, checkShares, checkZScore } from './check-figures.ts';
import { codesOf, codesTogether } from './codes-of.ts';
import type { Contract, Operator, TableRule } from './contract.ts';
import type { Ledger } from './ledger.ts';
import { ruleText } from './rule-words.ts';

/** An expression over the whole table as a boolean column: 1 holds, 0 does not, missing = not judged. Throws BarnacleError. */
export type Evaluate = (text: string, table: Table) => Column;
/** Writes one finding of the rule at hand. */
export type Tell = (row: number | null, message: () => string, code?: 'rule' | 'repeated') => void;

export function checkRules(contract: Contract, table: Table, evaluate: Evaluate, ledger: Ledger): void {
  (contract.rules ?? []).forEach((rule, index) => {
    if (rule.policy === 'accept') return;
    const about = 'column' in rule ? rule.column : rule.type === 'compare' ? rule.left : '';
    const tell: Tell = (row, message, code = 'rule') => ledger.add({ column: about, row, policy: rule.policy, code, rule: index }, message);
    try {
      checkRule(rule, contract, table, evaluate, tell);
    } catch (error) {
      if (!(error instanceof BarnacleError)) throw error;
      ledger.add({ column: about, row: null, policy: rule.policy, code: 'rule-unfit', rule: index }, () => `rule "${ruleText(rule)}" cannot be asked: ${error.message}`);
    }
    ledger.close();
  });
}

function checkRule(rule: TableRule, contract: Contract, table: Table, evaluate: Evaluate, tell: Tell): void {
  switch (rule.type) {
    case 'row-count':
    case 'column-count': {
      const count = rule.type === 'row-count' ? table.rows : table.columns.length;
      const what = rule.type === 'row-count' ? 'rows' : 'columns';
      if ((rule.min !== null && count < rule.min) || (rule.max !== null && count > rule.max)) tell(null, () => `table has ${count} ${what}, expected ${boundsText(rule, String)}`);
      return;
    }
    case 'columns':
      return checkNames(rule, contract, table, tell);
    case 'compare':
      return checkCompare(rule, table, tell);
    case 'unique-together': {
      const columns = rule.columns.map((name) => columnOf(table, name));
      const keys = codesTogether(columns.map((column) => codesOf(column, table.rows)), table.rows);
      const first = new Map<number, number>();
      for (let i = 0; i < table.rows; i++) {
        if (keys[i] < 0) continue;
        const before = first.get(keys[i]);
        if (before === undefined) first.set(keys[i], i);
        else tell(i, () => `${ruleText(rule)}: (${columns.map((column) => cellText(column, i)).join(', ').slice(0, 100)}) again, first in row ${before + 1}`, 'repeated');
      }
      return;
    }
    case 'distinct-within': {
      const columns = rule.columns.map((name) => columnOf(table, name));
      for (let i = 0; i < table.rows; i++) {
        const cells = columns.map((column) => cellText(column, i)).filter((cell) => cell !== null);
        if (new Set(cells).size < cells.length) tell(i, () => `${ruleText(rule)}: found ${cells.join(', ').slice(0, 100)}`);
      }
      return;
    }
    case 'sum':
      return checkSum(rule, table, tell);
    case 'expression': {
      const held = evaluate(rule.text, table);
      if (held.kind !== 'boolean') throw new BarnacleError('bad-param', `it gives a ${held.kind}, not true or false`, { path: 'expression', value: rule.text.slice(0, 60), expected: 'true or false' });
      for (let i = 0; i < table.rows; i++) if (!held.values[i] && !(held.missing && getBit(held.missing, i))) tell(i, () => `"${rule.text.slice(0, 100)}" does not hold`);
      return;
    }
    case 'figure':
      return checkFigure(rule, columnOf(table, rule.column), table.rows, tell);
    case 'z-score':
      return checkZScore(rule, columnOf(table, rule.column), table.rows, tell);
    case 'most-common':
      return checkMostCommon(rule, columnOf(table, rule.column), table.rows, tell);
    case 'shares':
      return checkShares(rule, columnOf(table, rule.column), table.rows, tell);
  }
}

function checkNames(rule: Extract<TableRule, { type: 'columns' }>, contract: Contract, table: Table, tell: Tell): void {
  const known = contract.columns.map((column) => column.name);
  const names = table.columns.map((column) => column.name);
  const extra = names.filter((name) => !known.includes(name));
  if (!rule.extra && extra.length) tell(null, () => `table has ${extra.length === 1 ? 'a column' : `${extra.length} columns`} that the contract does not know: ${extra.slice(0, 8).join(', ')}${extra.length > 8 ? ', ...' : ''}`);
  if (!rule.ordered) return;
  const expected = known.filter((name) => names.includes(name));
  const found = names.filter((name) => known.includes(name));
  const at = expected.findIndex((name, i) => name !== found[i]);
  if (at >= 0) tell(null, () => `columns are in another order: "${found[at]}" stands where "${expected[at]}" is expected`);
}

const holds: { [O in Operator]: (order: number) => boolean } = { '<': (o) => o < 0, '<=': (o) => o <= 0, '=': (o) => o === 0, '!=': (o) => o !== 0, '>=': (o) => o >= 0, '>': (o) => o > 0 };

function checkCompare(rule: Extract<TableRule, { type: 'compare' }>, table: Table, tell: Tell): void {
  const [left, right] = [columnOf(table, rule.left), columnOf(table, rule.right)];
  if (familyOf(left) !== familyOf(right)) throw new BarnacleError('bad-param', `"${rule.left}" is a ${left.kind}, "${rule.right}" a ${right.kind}`, { path: 'compare', value: rule.right, expected: `a ${left.kind}` });
  const fits = holds[rule.operator];
  const [a, b] = [numbersIn(left), numbersIn(right)];
  for (let i = 0; i < table.rows; i++) {
    if (isMissing(left, i) || isMissing(right, i)) continue;
    const order = a && b ? a[i] - b[i] : compareText(cellText(left, i)!, cellText(right, i)!);
    if (!fits(order)) tell(i, () => `${rule.left} ${rule.operator} ${rule.right} does not hold: ${short(cellText(left, i))} and ${short(cellText(right, i))}`);
  }
}

function checkSum(rule: Extract<TableRule, { type: 'sum' }>, table: Table, tell: Tell): void {
  const columns = rule.columns.map((name) => numericOf(table, name));
  const total = typeof rule.equals === 'string' ? numericOf(table, rule.equals) : null;
  for (let i = 0; i < table.rows; i++) {
    if (columns.some(({ column }) => isMissing(column, i)) || (total && isMissing(total.column, i))) continue;
    const sum = columns.reduce((so, { values }) => so + values[i], 0);
    const expected = total ? total.values[i] : (rule.equals as number);
    const slack = Math.max(rule.tolerance, 1e-9 * Math.max(Math.abs(sum), Math.abs(expected)));
    if (Math.abs(sum - expected) > slack) tell(i, () => `${ruleText(rule)} does not hold: ${Number(sum.toPrecision(12))} and ${expected}`);
  }
}

function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (!column) throw new BarnacleError('missing-column', `column "${name}" is missing`, { column: name, known: table.columns.map((each) => each.name).slice(0, 100) });
  return column;
}

function numericOf(table: Table, name: string): { column: Column; values: ArrayLike<number> } {
  const column = columnOf(table, name);
  if (column.kind !== 'number' && column.kind !== 'boolean') throw new BarnacleError('not-numeric', `column "${name}" is a ${column.kind}; expected numbers`, { column: name, kind: column.kind });
  return { column, values: column.values };
}

const numbersIn = (column: Column): ArrayLike<number> | null => (column.kind === 'category' || column.kind === 'text' ? null : column.values);
const familyOf = (column: Column): string => (column.kind === 'time' ? 'time' : column.kind === 'category' || column.kind === 'text' ? 'text' : 'number');
const isMissing = (column: Column, row: number): boolean => column.missing !== null && getBit(column.missing, row);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const short = (text: string | null): string => (text ?? '').slice(0, 60);
