// A table rule in one plain line, for messages and lists.
import { boundsText, shortTime } from './cell-tests.ts';
import type { TableRule } from './contract.ts';

const list = (names: readonly string[]): string => (names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', '));

const counted = (bounds: { min: number | null; max: number | null }, noun: string): string => `${boundsText(bounds, String)} ${noun}${(bounds.max ?? bounds.min) === 1 ? '' : 's'}`;

/** `isTime` says whether a column holds times, whose bounds are milliseconds. */
export function ruleText(rule: TableRule, isTime: (column: string) => boolean = () => false): string {
  switch (rule.type) {
    case 'row-count':
      return counted(rule, 'row');
    case 'column-count':
      return counted(rule, 'column');
    case 'columns':
      return rule.extra ? (rule.ordered ? 'columns in this order' : 'any columns') : `no other columns${rule.ordered ? ', in this order' : ''}`;
    case 'compare':
      return `${rule.left} ${rule.operator} ${rule.right}`;
    case 'unique-together':
      return `${list(rule.columns)} ${rule.columns.length === 1 ? 'is' : 'are together'} unique`;
    case 'distinct-within':
      return `${list(rule.columns)} differ within a row`;
    case 'sum':
      return `${rule.columns.length > 4 ? `sum of ${list(rule.columns)}` : rule.columns.join(' + ')} = ${rule.equals}${rule.tolerance ? ` \u00b1 ${rule.tolerance}` : ''}`;
    case 'expression':
      return rule.text;
    case 'figure':
      return `${rule.figure === 'quantile' ? `${(rule.q ?? 0.5) * 100} % quantile` : rule.figure === 'distinct-share' ? 'share of different values' : rule.figure} of ${rule.column} ${boundsText(rule, isTime(rule.column) && rule.figure !== 'sd' && rule.figure !== 'distinct-share' ? shortTime : String)}`;
    case 'z-score':
      return `${rule.column} within ${rule.most} standard deviations of its mean`;
    case 'most-common':
      return `most frequent ${rule.column}: ${rule.values.length === 1 ? rule.values[0] : `one of ${list(rule.values)}`}`;
    case 'shares':
      return `shares of ${rule.column} within ${rule.most} nats of those declared`;
  }
}
