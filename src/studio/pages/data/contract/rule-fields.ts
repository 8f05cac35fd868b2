// The kinds of table rules as the panel offers them: a name, what it is for, which inputs it has, and a first draft.
import type { Operator, TableRule, TableRuleType } from '../../../../core/contract/contract.ts';
import type { Field } from '../../../../core/table/table.ts';

export type RuleInput =
  | { type: 'column'; key: 'left' | 'right' | 'column'; label: string; numeric?: boolean }
  | { type: 'columns'; label: string; numeric?: boolean }
  | { type: 'number'; key: 'min' | 'max' | 'tolerance' | 'most' | 'q'; label: string; open?: boolean }
  | { type: 'choice'; key: 'operator' | 'figure'; label: string; choices: readonly string[] }
  | { type: 'flag'; key: 'extra' | 'ordered'; label: string }
  | { type: 'text'; key: 'text' | 'equals'; label: string }
  | { type: 'values'; key: 'values'; label: string };
export type RuleCard = { type: TableRuleType; label: string; help: string; inputs: readonly RuleInput[] };

const operators: readonly Operator[] = ['<', '<=', '=', '!=', '>=', '>'];
const min: RuleInput = { type: 'number', key: 'min', label: 'At least', open: true };
const max: RuleInput = { type: 'number', key: 'max', label: 'At most', open: true };
const column: RuleInput = { type: 'column', key: 'column', label: 'Column' };
const numeric: RuleInput = { type: 'column', key: 'column', label: 'Column', numeric: true };

export const ruleCards: readonly RuleCard[] = [
  { type: 'compare', label: 'Two columns compared', help: 'Such as start <= end, in every row.', inputs: [{ type: 'column', key: 'left', label: 'Column' }, { type: 'choice', key: 'operator', label: 'is', choices: operators }, { type: 'column', key: 'right', label: 'Column' }] },
  { type: 'expression', label: 'Expression', help: 'Any condition that must be true in every row, such as age >= 18 or guardian is not missing.', inputs: [{ type: 'text', key: 'text', label: 'Expression' }] },
  { type: 'unique-together', label: 'Unique together', help: 'No combination of these columns twice.', inputs: [{ type: 'columns', label: 'Columns' }] },
  { type: 'sum', label: 'Sum of columns', help: 'Columns add up to a number or to another column.', inputs: [{ type: 'columns', label: 'Columns', numeric: true }, { type: 'text', key: 'equals', label: 'Equals (number or column)' }, { type: 'number', key: 'tolerance', label: 'Within' }] },
  { type: 'distinct-within', label: 'Different within a row', help: 'These columns never hold the same value in one row.', inputs: [{ type: 'columns', label: 'Columns' }] },
  { type: 'row-count', label: 'Number of rows', help: 'Of the whole dataset.', inputs: [min, max] },
  { type: 'column-count', label: 'Number of columns', help: 'Of the whole dataset.', inputs: [min, max] },
  { type: 'columns', label: 'Which columns', help: 'Whether there may be others, and whether their order counts.', inputs: [{ type: 'flag', key: 'extra', label: 'Other columns may be there' }, { type: 'flag', key: 'ordered', label: 'In this order' }] },
  { type: 'figure', label: 'A figure within bounds', help: 'Mean, median, quantile and the like of a column.', inputs: [{ type: 'choice', key: 'figure', label: 'Figure', choices: ['mean', 'median', 'sd', 'sum', 'min', 'max', 'quantile', 'distinct-share'] }, column, { type: 'number', key: 'q', label: 'Quantile (0 to 1)' }, min, max] },
  { type: 'z-score', label: 'No value far out', help: 'In standard deviations from the mean.', inputs: [numeric, { type: 'number', key: 'most', label: 'At most' }] },
  { type: 'most-common', label: 'Most frequent value', help: 'Must be one of these.', inputs: [column, { type: 'values', key: 'values', label: 'One of (one in each line)' }] },
  { type: 'shares', label: 'Shares of values', help: 'They stay near what they are now (Kullback-Leibler divergence in nats; 0.1 is a visible shift).', inputs: [column, { type: 'number', key: 'most', label: 'At most' }] },
];
export const cardOf = (type: TableRuleType): RuleCard => ruleCards.find((card) => card.type === type)!;

/** A rule to begin with; null when the data has too few columns of the kind it needs. */
export function draftRule(type: TableRuleType, schema: readonly Field[], sharesOf: (column: string) => { level: string; share: number }[]): TableRule | null {
  const names = schema.map((field) => field.name);
  const numbers = schema.filter((field) => field.kind === 'number').map((field) => field.name);
  const alike = schema.flatMap((a, i) => schema.slice(i + 1).filter((b) => b.kind === a.kind && a.kind !== 'text').map((b) => [a.name, b.name] as const))[0];
  const levelled = schema.find((field) => field.kind === 'category')?.name ?? names[0];
  const policy = 'warn';
  switch (type) {
    case 'row-count':
    case 'column-count': return { type, min: 1, max: null, policy };
    case 'columns': return { type, extra: false, ordered: false, policy };
    case 'compare': return alike ? { type, left: alike[0], operator: '<=', right: alike[1], policy } : null;
    case 'unique-together': return names[0] === undefined ? null : { type, columns: [names[0]], policy };
    case 'distinct-within': return names.length < 2 ? null : { type, columns: names.slice(0, 2), policy };
    case 'sum': return numbers.length < 2 ? null : { type, columns: numbers.slice(0, 2), equals: numbers[2] ?? 0, tolerance: 0, policy };
    case 'expression': return { type, text: '', policy };
    case 'figure': return numbers[0] === undefined ? null : { type, column: numbers[0], figure: 'mean', min: null, max: null, policy };
    case 'z-score': return numbers[0] === undefined ? null : { type, column: numbers[0], most: 4, policy };
    case 'most-common': return levelled === undefined ? null : { type, column: levelled, values: sharesOf(levelled).slice(0, 1).map((each) => each.level), policy };
    case 'shares': {
      const shares = levelled === undefined ? [] : sharesOf(levelled);
      return levelled === undefined || shares.length === 0 ? null : { type, column: levelled, shares, most: 0.1, policy };
    }
  }
}

/** The rule with one input changed; a shares rule of another column takes that column's shares. */
export function withInput(rule: TableRule, key: string, value: string | number | boolean | string[] | null, sharesOf: (column: string) => { level: string; share: number }[]): TableRule {
  const next = { ...rule, [key]: value } as TableRule;
  if (next.type === 'shares' && key === 'column') return { ...next, shares: sharesOf(next.column) };
  if (next.type === 'figure' && next.figure !== 'quantile') { const { q: _q, ...rest } = next; return rest; }
  return next.type === 'figure' && next.q === undefined ? { ...next, q: 0.5 } : next;
}

/** Why the rule cannot be kept as it is; null when it can. */
export function ruleLack(rule: TableRule): string | null {
  if ('min' in rule && 'max' in rule && rule.min === null && rule.max === null) return 'Give a lower or an upper bound.';
  if ('min' in rule && rule.min !== null && rule.max !== null && rule.min > rule.max) return 'The lower bound is above the upper one.';
  if ('columns' in rule && rule.columns.length < (rule.type === 'distinct-within' ? 2 : 1)) return rule.type === 'distinct-within' ? 'Choose two columns or more.' : 'Choose a column.';
  if (rule.type === 'expression' && rule.text.trim() === '') return 'Write a condition.';
  if (rule.type === 'sum' && rule.equals === '') return 'Say what they add up to.';
  if (rule.type === 'most-common' && rule.values.length === 0) return 'Name a value.';
  if (rule.type === 'figure' && rule.q !== undefined && (rule.q < 0 || rule.q > 1)) return 'A quantile is between 0 and 1.';
  return rule.type === 'shares' && rule.shares.length === 0 ? 'This column has no values to hold on to.' : null;
}
